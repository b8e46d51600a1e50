"""The columns of a tidy frame, one row per figure; apart, so that a store is opened without what makes such frames."""

POINTS = 2  # decimals of a place on the page, where it is written

COLUMNS = (
    "figure_id", "source_sha256", "question_number", "question_date", "answered_by", "item", "table_id", "table_title",
    "topic", "spec", "unit_measure", "label", "label_path", "ref_list", "ref_id", "ref_name", "match_how", "match_score",
    "column", "time_period", "time_start", "time_end", "obs_value", "obs_raw", "obs_status", "is_total", "marks", "notes",
    "page", "x0", "top", "x1", "bottom", "unit_mult",
)  # fmt: skip
