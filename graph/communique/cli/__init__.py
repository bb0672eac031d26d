"""The command line: options, printing, and from error to exit status; everything else is in the modules it calls.

One module a group of commands, each of which adds its commands to :data:`communique.cli.app.app`; this module decides
their order.

Exit status: 0 fine; 1 problems were found (a document failed, the graph has violations, a query failed); 2 wrong use;
130 interrupted. Answers go to standard output; progress, summaries of writing and errors to standard error, each error
on one line. An error that nobody foresaw is one line too; with ``COMMUNIQUE_DEBUG=1`` in the environment it comes with
its traceback.
"""

# In the order of `communique --help`; each adds its commands to the program as it is imported.
import communique.cli.build
import communique.cli.query
import communique.cli.validate
import communique.cli.evaluate
import communique.cli.export
import communique.cli.network
import communique.cli.documents
import communique.cli.review
import communique.cli.sample
import communique.cli.serve
from communique.cli.app import app
from communique.cli.process import main

__all__ = ["app", "main"]
