"""Runs commands of the AWS CLI, version 1, one after the other: starting it takes longer than most of them."""
import contextlib
import io
import json
import sys

from awscli.clidriver import create_clidriver

answers = sys.stdout
for line in sys.stdin:
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        try:
            code = create_clidriver().main(json.loads(line))
        except SystemExit as leaving:
            code = leaving.code
    print(json.dumps({'code': code or 0, 'stdout': out.getvalue(), 'stderr': err.getvalue()}), file=answers, flush=True)
