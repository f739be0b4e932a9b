SELECT changeset.number, changeset.at, changeset.effective_on, changeset.by_whom, changeset.command, changeset.undoes, changeset.hash, count(change.id) AS changes, group_concat(DISTINCT iif(change.noun = 'item', printf('R-%04d', change."row"), NULL)) AS items
FROM changeset
LEFT OUTER JOIN change ON change.changeset = changeset.number
GROUP BY changeset.number
ORDER BY changeset.number
