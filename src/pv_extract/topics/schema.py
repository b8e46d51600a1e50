"""The JSON Schema of topic files, by which editors complete and check them."""

import json
import sys

from pv_extract.topics.model import TopicFile


def json_schema() -> dict[str, object]:
    """JSON Schema (draft 2020-12) of a topic.yaml."""
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **TopicFile.model_json_schema()}


if __name__ == "__main__":
    sys.stdout.write(json.dumps(json_schema(), indent=2, ensure_ascii=False) + "\n")
