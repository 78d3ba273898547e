"""One command each: `make bench-NAME`. Figures are printed, and judged by people; no test depends on them."""
