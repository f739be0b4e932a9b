SELECT coalesce(changeset.part_of, changeset.number) AS act, change.changeset, change.noun, change."row", change."before"
FROM change JOIN changeset ON changeset.number = change.changeset
WHERE change.noun IN ('item', 'inspection') AND changeset.at >= :since
ORDER BY change.id DESC
