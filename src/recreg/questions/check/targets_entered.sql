SELECT item.ref, item.hmicfrs_ref, item.times_deferred, changeset.number, min(changeset.effective_on, coalesce(json_extract(change."after", '$.added_on'), changeset.effective_on)) AS entered_on, json_extract(change."after", '$.original_target_on') AS target_on
FROM item JOIN change ON change.noun = 'item' AND change."row" = item.id JOIN changeset ON changeset.number = change.changeset
WHERE item.closed_on IS NULL AND item.withdrawn_on IS NULL AND item.ours = 1 AND item.original_target_on < :today AND json_extract(change."after", '$.original_target_on') IS NOT NULL AND coalesce(json_extract(change."after", '$.times_deferred'), 0) = 0 AND changeset.undoes IS NULL
ORDER BY change.id
