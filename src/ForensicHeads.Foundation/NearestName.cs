namespace ForensicHeads.Foundation;

/// <summary>The known name that a mistyped one was probably meant to be.</summary>
public static class NearestName
{
    // A slip in three letters; in a shorter word any letter may be the wrong one.
    private const int LettersASlip = 3;

    /// <summary>The known name that is fewest slips away, the case of letters aside, or else the first that begins with the word; null
    /// where none is near.</summary>
    public static string? Of(string word, IEnumerable<string> known)
    {
        ArgumentNullException.ThrowIfNull(word);
        string[] names = [.. known];
        var near = names.Select(name => (Name: name, Slips: Slips(word.ToLowerInvariant(), name.ToLowerInvariant())))
            .Where(one => one.Slips * LettersASlip <= Math.Max(word.Length, one.Name.Length)).OrderBy(one => one.Slips).FirstOrDefault();
        return near.Name
            ?? (word.Length < 2 ? null : Array.Find(names, name => name.StartsWith(word, StringComparison.OrdinalIgnoreCase)));
    }

    /// <summary><c> Did you mean ff?</c>, to end a message with; empty where no name is near.</summary>
    public static string Suggestion(string word, IEnumerable<string> known) =>
        Of(word, known) is { } near ? $" Did you mean {near}?" : "";

    /// <summary>Letters added, left out, changed or swapped with their neighbour (optimal string alignment).</summary>
    private static int Slips(string from, string to)
    {
        var cost = new int[from.Length + 1, to.Length + 1];
        for (var i = 0; i <= from.Length; i++) cost[i, 0] = i;
        for (var j = 0; j <= to.Length; j++) cost[0, j] = j;
        for (var i = 1; i <= from.Length; i++)
        {
            for (var j = 1; j <= to.Length; j++)
            {
                var changed = cost[i - 1, j - 1] + (from[i - 1] == to[j - 1] ? 0 : 1);
                cost[i, j] = Math.Min(changed, 1 + Math.Min(cost[i - 1, j], cost[i, j - 1]));
                if (i > 1 && j > 1 && from[i - 1] == to[j - 2] && from[i - 2] == to[j - 1])
                    cost[i, j] = Math.Min(cost[i, j], cost[i - 2, j - 2] + 1);
            }
        }

        return cost[from.Length, to.Length];
    }
}
