SELECT changeset.number, changeset.at, changeset.effective_on, changeset.by_whom, changeset.command, changeset.undoes, changeset.hash, count(change.id) AS changes, group_concat(DISTINCT iif(iif(change.noun = 'item', change."row", coalesce(json_extract(change."after", '$.item_id'), json_extract(change."before", '$.item_id'))) IS NULL, NULL, printf('R-%04d', iif(change.noun = 'item', change."row", coalesce(json_extract(change."after", '$.item_id'), json_extract(change."before", '$.item_id')))))) AS items
FROM changeset
LEFT OUTER JOIN change ON change.changeset = changeset.number
GROUP BY changeset.number
ORDER BY changeset.number
