"""A small internet on loopback: invented news sites, a forum, a search engine, a mailbox and a chat room.

It stands beside the product and imports nothing of it; `python -m monitor.demo` runs it alone.
Here: what a stranger needs of it. What is said there is in `script`, how it is served in the other modules.
"""

from monitor.demo.faults import Fault
from monitor.demo.internet import Ports, SmallInternet
from monitor.demo.script import SCRIPT, Comment, Piece, Place, Script, Wave

__all__ = ["SCRIPT", "Comment", "Fault", "Piece", "Place", "Ports", "Script", "SmallInternet", "Wave"]
