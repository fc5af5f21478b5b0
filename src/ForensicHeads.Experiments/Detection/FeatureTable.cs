namespace ForensicHeads.Experiments.Detection;

/// <summary>Numbers of frames by frame and column, and what a codec spent on each and a condition changed.</summary>
internal sealed class FeatureTable
{
    private readonly Dictionary<ExperimentFrame, int> places = new(ReferenceEqualityComparer.Instance);
    private readonly FeatureValues values;

    /// <summary>A table of frames.</summary>
    /// <param name="frames">The frames, each once.</param>
    /// <param name="columns"><c>family/column</c> of every number.</param>
    /// <param name="values">One row a frame, in their order.</param>
    public FeatureTable(IReadOnlyList<ExperimentFrame> frames, IReadOnlyList<string> columns, FeatureValues values)
    {
        (Frames, Columns, this.values) = (frames, columns, values);
        for (var i = 0; i < frames.Count; i++) places.Add(frames[i], i);
    }

    /// <summary>Its frames, in order.</summary>
    public IReadOnlyList<ExperimentFrame> Frames { get; }

    /// <summary><c>family/column</c> of every number.</summary>
    public IReadOnlyList<string> Columns { get; }

    /// <summary>Whether a codec was at work.</summary>
    public bool HasBits => values.BitsPerFrame is not null;

    /// <summary>float32[columns] of a frame.</summary>
    public float[] this[ExperimentFrame frame] => values.Rows[places[frame]];

    /// <summary>Mean bits a frame of its coded sequence.</summary>
    public float BitsOf(ExperimentFrame frame) => values.BitsPerFrame![places[frame]];

    /// <summary>PSNR of the changed frame against the unchanged one, at most 100 dB.</summary>
    public double DecibelsOf(ExperimentFrame frame) => values.Decibels![places[frame]];

    /// <summary>float32[frames][columns] of some frames.</summary>
    public float[][] Rows(IEnumerable<ExperimentFrame> of) => [.. of.Select(frame => this[frame])];

    /// <summary>The same frames with the columns of another table after these; itself where there is none.</summary>
    public FeatureTable With(FeatureTable? other) => other is null
        ? this
        : new(Frames, [.. Columns, .. other.Columns],
        values with { Rows = [.. Frames.Select(frame => (float[])[.. this[frame], .. other[frame]])] });

    /// <summary>Some of the columns, by place.</summary>
    public FeatureTable Only(IReadOnlyList<int> columns) => new(
        Frames, [.. columns.Select(c => Columns[c])],
            values with { Rows = Array.ConvertAll(values.Rows, row => (float[])[.. columns.Select(c => row[c])]) });

    /// <summary>Unknown values (tracks too short) filled by their column's mean over the rows, for models that take none.</summary>
    public FeatureTable Known()
    {
        var rows = values.Rows;
        if (!rows.Any(row => Array.Exists(row, float.IsNaN))) return this;
        var means = Columns.Select((_, c) => (float)rows.Select(row => (double)row[c]).Where(double.IsFinite).DefaultIfEmpty(0).Average())
            .ToArray();
        return new(Frames, Columns,
            values with
            {
                Rows = Array.ConvertAll(rows, row => row.Select((value, c) => float.IsNaN(value) ? means[c] : value).ToArray())
            });
    }
}

/// <summary>What was measured on frames, in their order.</summary>
/// <param name="Rows">float32[frames][columns].</param>
/// <param name="BitsPerFrame">Bits of the frame's coded sequence over its frames; null where the condition is no video codec.</param>
/// <param name="Decibels">PSNR of the changed frame against the unchanged one, at most 100 dB; null where not asked for.</param>
internal sealed record FeatureValues(float[][] Rows, float[]? BitsPerFrame = null, float[]? Decibels = null);
