namespace ForensicHeads.Detector.Conditions;

/// <summary><c>h264-crfQ</c>: each sequence through x264 and back, all of equal length and with identical arguments.</summary>
/// <remarks>FaceForensics++ calls whole frames at these rate factors c23 and c40; these are crops, so the names are ours.</remarks>
/// <param name="crf">Constant rate factor, 0 … 51.</param>
public sealed class H264Condition(int crf) : ISequenceCondition
{
    private const int SequencesAtOnce = 24;

    /// <summary>The constant rate factor.</summary>
    public int Crf { get; } = crf is >= 0 and <= 51 ? crf
        : throw new UserErrorException($"Rate factor {crf} is outside 0 … 51; 23 is usual.", exitCode: 2);

    /// <inheritdoc/>
    public string Name => FormattableString.Invariant($"h264-crf{Crf}");

    /// <inheritdoc/>
    /// <exception cref="UserErrorException">Sequences of different length: the class with the longer ones would be coded more
    /// cheaply.</exception>
    public IReadOnlyList<ConditionedSequence> Apply(IReadOnlyList<IReadOnlyList<ConditionFrame>> sequences, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(sequences);
        var lengths = sequences.Select(sequence => sequence.Count).Distinct().Order().ToArray();
        if (lengths.Length > 1) throw new UserErrorException(
            $"{Name} needs sequences of equal length; these have {lengths[0]} to {lengths[^1]} frames, and a class with longer ones "
            + "would be coded more cheaply. Leave out what is incomplete.");
        var parts = sequences.Chunk(SequencesAtOnce).ToArray();
        var results = new ConditionedSequence[parts.Length][];
        ParallelLoop.Run(
            parts.Length,
            i => results[i] =
                [.. H264Sequences
                .RoundTrip([.. parts[i].Select(sequence => sequence.Select(frame => frame.Image).ToArray())], Crf, cancellation)
                .Select(coded => new ConditionedSequence(coded.Frames, coded.Bits))],
            cancellation);
        return [.. results.SelectMany(part => part)];
    }
}

/// <summary>A sequence under a condition.</summary>
/// <param name="Images">As many pictures as went in, of the same size.</param>
/// <param name="Bits">Size of the coded sequence in bits, where the condition is a video codec; else null.</param>
public sealed record ConditionedSequence(IReadOnlyList<RgbImage> Images, long? Bits = null);
