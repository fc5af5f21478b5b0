namespace ForensicHeads.Datasets.Store;

/// <summary>Takes a few of many.</summary>
public static class Evenly
{
    /// <summary>At most so many, evenly spaced, the first among them; 0 takes all.</summary>
    public static IEnumerable<T> Spread<T>(IReadOnlyList<T> all, int most)
    {
        ArgumentNullException.ThrowIfNull(all);
        return most == 0 || all.Count <= most ? all : Enumerable.Range(0, most).Select(i => all[(int)((long)i * all.Count / most)]);
    }
}
