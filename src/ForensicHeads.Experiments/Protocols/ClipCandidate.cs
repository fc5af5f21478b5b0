namespace ForensicHeads.Experiments.Protocols;

/// <summary>One way to score clips from tables of numbers: a model on each table, their scores averaged.</summary>
/// <remarks>
/// Every column is first limited to the range between the training clips' 5th and 95th percentiles, so that one odd clip does not steer a
/// linear model. Each model's scores are divided by their deviation over the training clips, so that they can be averaged (late fusion) and
/// rounds with other trainers are on one scale. Weights make the classes equal, within a class each person, and within a person each
/// generator.
/// </remarks>
/// <param name="Name">Name in results.</param>
/// <param name="Tables">At least one table.</param>
/// <param name="Penalty">Penalty of <see cref="RidgeDiscriminant"/>.</param>
/// <param name="Trees">Options of trees instead of the linear model; null for the linear one, which also stands in below 20 training
/// clips.</param>
internal sealed record ClipCandidate(string Name, IReadOnlyList<ClipTable> Tables, double Penalty, DetectorOptions? Trees = null)
{
    /// <summary>Whether each model's scores become ranks among those of the training clips (the share below, ties by half) before they are
    /// averaged. Default false: they are divided by their deviation.</summary>
    public bool Ranks { get; init; }

    /// <summary>How generators are weighted in training. Default: by people.</summary>
    public Weighting Weighting { get; init; }

    private const double Tail = 0.05;
    private const int LeastRowsForTrees = 20;

    /// <summary>Trains on one side and scores the other.</summary>
    /// <param name="train">Clips to learn from.</param>
    /// <param name="test">Clips to score.</param>
    /// <param name="seed">Seed of the trainers.</param>
    /// <param name="seenAs">Whose tables show the clips to score, such as another condition's; this one's when null.</param>
    /// <param name="kept">What models on one table said of these very sides: candidates that share a model share its work.</param>
    public double[] Score(IReadOnlyList<Clip> train, IReadOnlyList<Clip> test, long seed, ClipCandidate? seenAs = null,
        Dictionary<TableModel, double[]>? kept = null)
    {
        kept ??= [];
        var total = new double[test.Count];
        for (var t = 0; t < Tables.Count; t++)
        {
            var model = new TableModel(Tables[t], Penalty, Weighting, Trees, Ranks);
            if (!kept.TryGetValue(model, out var scores))
                kept[model] = scores = Scores(train, test, seed, Tables[t], (seenAs ?? this).Tables[t]);
            for (var i = 0; i < total.Length; i++) total[i] += scores[i] / Tables.Count;
        }

        return total;
    }

    private double[] Scores(IReadOnlyList<Clip> train, IReadOnlyList<Clip> test, long seed, ClipTable table, ClipTable shown)
    {
        var (low, high) = Limits(train, table);
        var rows = train.Select(clip => Label(clip, Clamp(table.Of(clip), low, high))).ToArray();
        var asked = test.Select(clip => Clamp(shown.Of(clip), low, high)).Concat(rows.Select(row => row.Features)).ToArray();
        var scores = Scores(rows, table.Columns, asked, seed);
        var taught = scores[test.Count..];
        if (Ranks) Array.Sort(taught);
        var scale = Ranks ? 1 : Scale(taught);
        return [.. scores.Take(test.Count).Select(score => Ranks ? Rank(taught, score) : score / scale)];
    }

    private double[] Scores(LabelledFeatures[] rows, IReadOnlyList<string> columns, float[][] asked, long seed)
    {
        // LightGBM cannot even load a handful of rows or columns that all stand still; the linear model gives those scores of 0.
        var usable = rows.Length >= LeastRowsForTrees
            && Enumerable.Range(0, columns.Count).Any(c => rows.Any(row => row.Features[c] != rows[0].Features[c]));
        if (Trees is null || !usable) return RidgeDiscriminant.Fit(rows, Penalty, Weighting).Score(asked);
        using var detector = FrameDetector.Train(rows, Trees with { Seed = seed, Weighting = Weighting }, columns);
        return Array.ConvertAll(detector.Score(asked), score => (double)score);
    }

    // Among sorted scores.
    private static double Rank(double[] sorted, double score)
    {
        var (below, equal) = (0, 0);
        foreach (var one in sorted)
        {
            if (one < score) below++;
            else if (one <= score) equal++;
            else break;
        }

        return (below + (equal / 2.0)) / sorted.Length;
    }

    private static double Scale(double[] scores)
    {
        double mean = 0, square = 0;
        foreach (var score in scores) mean += score / scores.Length;
        foreach (var score in scores) square += (score - mean) * (score - mean) / scores.Length;
        return square > 0 ? Math.Sqrt(square) : 1;
    }

    // The generator stands where few-shot frames have their mode: a cell that weighs the same within a person.
    private static LabelledFeatures Label(Clip clip, float[] features) =>
        new()
        {
            Key = clip.Id,
            Identity = clip.Identity,
            Video = clip.Id,
            Origin = clip.Origin with { Mode = null },
            Share = clip.Generator,
            Features = features,
        };

    private static (float[] Low, float[] High) Limits(IReadOnlyList<Clip> train, ClipTable table)
    {
        var (low, high) = (new float[table.Columns.Count], new float[table.Columns.Count]);
        var column = new float[train.Count];
        for (var c = 0; c < low.Length; c++)
        {
            for (var i = 0; i < column.Length; i++) column[i] = table.Of(train[i])[c];
            Array.Sort(column);
            var cut = (int)(Tail * (column.Length - 1));
            (low[c], high[c]) = (column[cut], column[^(cut + 1)]);
        }

        return (low, high);
    }

    private static float[] Clamp(float[] row, float[] low, float[] high) =>
        [.. row.Select((value, c) => Math.Clamp(value, low[c], high[c]))];
}

/// <summary>What a model on one table is made of: equal ones say the same of the same sides.</summary>
internal readonly record struct TableModel(ClipTable Table, double Penalty, Weighting Weighting, DetectorOptions? Trees, bool Ranks);
