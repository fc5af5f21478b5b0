namespace ForensicHeads.Reporting.Sections.Comparisons;

/// <summary>Two ways of making heads (or two anchors) that differ in one thing, on the people who have both, under one condition and at one
/// level.</summary>
/// <param name="First">Name of the first: <c>ft 8</c>, or <c>ft 8 (epochs)</c> where there are several arms.</param>
/// <param name="Second">Name of the second.</param>
/// <param name="Condition">The condition.</param>
/// <param name="Level"><c>frame</c> or <c>video</c>.</param>
/// <param name="Family">Which rows Holm's adjustment goes over; null for the anchors, which stand alone.</param>
internal sealed record ShotPair(string First, string Second, string Condition, Level Level, string? Family)
{
    /// <summary>Real items of the people who have both.</summary>
    public required IReadOnlyList<ScoredItem> Real { get; init; }

    /// <summary>Generated items of the first, the same people.</summary>
    public required IReadOnlyList<ScoredItem> FirstItems { get; init; }

    /// <summary>Generated items of the second, the same people.</summary>
    public required IReadOnlyList<ScoredItem> SecondItems { get; init; }

    /// <summary>The people.</summary>
    public required int Identities { get; init; }

    /// <summary>
    /// For each condition and level: t0 − ff and ft − t_all at the most shots, every pair of shot counts within a mode and arm, every pair
    /// of modes at a shot count (of one arm, where both have one), and every pair of arms at a mode and shot count.
    /// </summary>
    public static IEnumerable<ShotPair> All(IReadOnlyList<ScoredItem> items)
    {
        var several = items.Select(item => item.Arm).Where(arm => arm is not null).Distinct().Count() > 1;
        return items.Select(item => (item.Condition, item.Level)).Distinct().OrderBy(key => key.Condition, StringComparer.Ordinal)
            .ThenBy(key => key.Level)
            .SelectMany(key => OneCondition(items, several, key.Condition, key.Level));
    }

    /// <summary>Rows in the order of the pairs, their p values adjusted by Holm within each family.</summary>
    public static IReadOnlyList<ComparisonRow> Adjusted(IReadOnlyList<(ShotPair Pair, ComparisonRow Row)> rows,
        Func<ComparisonRow, double?> p, Func<ComparisonRow, double?, ComparisonRow> with)
    {
        var adjusted = rows.Select(row => row.Row).ToArray();
        foreach (var family in Enumerable.Range(0, rows.Count).Where(i => rows[i].Pair.Family is not null)
            .GroupBy(i => (rows[i].Pair.Condition, rows[i].Pair.Level, rows[i].Pair.Family)))
        {
            int[] own = [.. family];
            foreach (var (i, value) in own.Zip(Statistics.Holm.Adjust([.. own.Select(i => p(adjusted[i]))]))) adjusted[i] =
                with(adjusted[i], value);
        }

        return adjusted;
    }

    private static IEnumerable<ShotPair> OneCondition(IReadOnlyList<ScoredItem> items, bool several, string condition, Level level)
    {
        var real = ShotCurve.Real(items, condition, level);
        var cells = items.Where(item =>
            item is { Generated: true, Mode: not null, Shots: not null } && item.Condition == condition && item.Level == level)
            .GroupBy(item => (Mode: item.Mode!.Value, item.Arm, Shots: item.Shots!.Value))
            .OrderBy(group => group.Key.Mode).ThenBy(group => group.Key.Arm).ThenBy(group => group.Key.Shots).ToArray();
        var (curve, baselines) = (new List<ShotPair>(), new List<ShotPair>());
        for (var i = 0; i < cells.Length; i++)
        {
            for (var j = i + 1; j < cells.Length; j++)
            {
                var (a, b) = (cells[i].Key, cells[j].Key);
                if (!Comparable(a, b)) continue;
                var heads = a.Mode.IsHead && b.Mode.IsHead;
                (heads ? curve : baselines)
                    .Add(Of(Name($"{a.Mode} {a.Shots}", a.Arm), Name($"{b.Mode} {b.Shots}", b.Arm), [.. cells[i]], [.. cells[j]], heads
                    ? "curve" : "baselines"));
            }
        }

        // An anchor says something of its own mode alone: nobody's face of feed-forward heads, all frames of fine-tuned ones.
        foreach (var (anchor, mode, first) in new (GeneratorEntry, Method, bool)[]
            { (Generators.The<NobodysHead>(), Method.Ff, true), (Generators.The<HeadOfEverything>(), Method.Ft, false) })
        {
            foreach (var most in cells.Where(cell => cell.Key.Mode == mode).GroupBy(cell => cell.Key.Arm).Select(arm => arm.Last()))
            {
                ScoredItem[] own = [.. items.Where(item => item.Anchor == anchor.Name && item.Condition == condition && item.Level == level
                    && item.Arm == most.Key.Arm)];
                if (own.Length == 0) continue;
                var (name, heads) = (Name(anchor.Name, most.Key.Arm), Name($"{mode} {most.Key.Shots}", most.Key.Arm));
                yield return first ? Of(name, heads, own, [.. most], null) : Of(heads, name, [.. most], own, null);
            }
        }

        foreach (var pair in curve.Concat(baselines)) yield return pair;

        string Name(string what, Arm? arm) => several && arm is not null ? $"{what} ({arm.Text()})" : what;

        ShotPair Of(string first, string second, ScoredItem[] a, ScoredItem[] b, string? family)
        {
            // Who lacks one of the two would move one side alone: the difference would then be one of people too.
            var people = a.Select(item => item.Identity).Intersect(b.Select(item => item.Identity), StringComparer.Ordinal)
                .ToHashSet(StringComparer.Ordinal);
            ScoredItem[] Own(ScoredItem[] all) => [.. all.Where(item => people.Contains(item.Identity))];
            return new ShotPair(first, second, condition, level, family)
            {
                Real = Own(real),
                FirstItems = Own(a),
                SecondItems = Own(b),
                Identities = people.Count
            };
        }
    }

    // One thing must differ and no other: the shot count, the arm, or the mode (which may have no arm).
    private static bool Comparable((Method Mode, Arm? Arm, int Shots) a, (Method Mode, Arm? Arm, int Shots) b) => a.Mode == b.Mode
        ? a.Shots == b.Shots || a.Arm == b.Arm
        : a.Shots == b.Shots && (a.Arm == b.Arm || a.Arm is null || b.Arm is null);
}
