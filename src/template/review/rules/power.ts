import type { Level } from '../findings.ts';

/** A group of actions that let someone do one kind of harm. */
export interface Power {
  readonly rule: string;
  readonly level: Level;
  /** What it means where it may be done to anything but the template's own. */
  readonly title: string;
  readonly advice: string;
  readonly actions: readonly string[];
  /** Actions that the patterns above mean as well and that are harmless. */
  readonly except?: readonly string[];
  /** The ARNs that it can be done to, where a wildcard in the action alone would mean too much. */
  readonly where?: string;
  /** Types of the template's own resources that it may be done to. */
  readonly ownTypes?: RegExp;
}

/** Actions, separated by blanks. */
export const words = (text: string): readonly string[] => text.trim().split(/\s+/);
