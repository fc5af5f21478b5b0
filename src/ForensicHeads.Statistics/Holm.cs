namespace ForensicHeads.Statistics;

/// <summary>Holm's step-down adjustment of a family of p values (Holm 1979).</summary>
public static class Holm
{
    /// <summary>Adjusted p values in the order given; null stays null and does not count in the family.</summary>
    public static IReadOnlyList<double?> Adjust(IReadOnlyList<double?> p)
    {
        var order = Enumerable.Range(0, p.Count).Where(i => p[i] is not null).OrderBy(i => p[i]).ToArray();
        var adjusted = new double?[p.Count];
        var running = 0.0;
        for (var rank = 0; rank < order.Length; rank++)
        {
            running = Math.Max(running, Math.Min(1, (order.Length - rank) * p[order[rank]]!.Value));
            adjusted[order[rank]] = running;
        }

        return adjusted;
    }
}
