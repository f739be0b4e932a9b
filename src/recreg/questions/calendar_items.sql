SELECT item.id, item.ref, item.target_on, item.original_target_on, item.times_deferred, item.deadline_words, item.deadline_precision, max(coalesce((SELECT max(change.changeset) AS max_1
FROM change
WHERE change.noun = 'item' AND change."row" = item.id), 0), coalesce((SELECT max(change.changeset) AS max_2
FROM change
WHERE change.noun = 'person' AND change."row" = item.owner_id), 0), coalesce((SELECT max(change.changeset) AS max_3
FROM change
WHERE change.noun = 'board' AND change."row" = item.board_id), 0)) AS changeset
FROM item
WHERE :refs IS NULL OR item.ref IN (SELECT each_refs.value
FROM json_each(:refs) AS each_refs)
