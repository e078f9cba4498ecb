"""Put everything that can be found into the index; services keep it up afterwards."""


def index_everything() -> None:
    """Index every process, party, meeting, document, study and project anew."""
