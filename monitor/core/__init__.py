"""The functional core: pure rules over values. It knows no clock, network, file, database or log."""
