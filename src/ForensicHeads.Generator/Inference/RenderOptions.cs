namespace ForensicHeads.Generator.Inference;

/// <summary>What computes the frames of a head.</summary>
public enum RenderRuntime
{
    /// <summary>ONNX Runtime on the CPU: the same frames up to rounding, in half the time or less.</summary>
    Onnx,

    /// <summary>The networks as they were trained, by libtorch.</summary>
    Torch,
}

/// <summary>How frames are generated.</summary>
public sealed record RenderOptions
{
    /// <summary>Most frames of <see cref="Batch"/>.</summary>
    public const int MostFrames = 256;

    /// <summary>Default of <see cref="Batch"/>: measured, beyond it neither runtime gains.</summary>
    public const int UsualBatch = 16;

    /// <summary>What computes them.</summary>
    public RenderRuntime Runtime { get; init; } = RenderRuntime.Onnx;

    /// <summary>Frames in one go, over all threads; 1 to <see cref="MostFrames"/>.</summary>
    public int Batch { get; init; } = UsualBatch;

    /// <summary>Threads of <see cref="RenderRuntime.Onnx"/>, each with its own part of a batch; 0 for all processors. The frames do not
    /// depend on it.</summary>
    public int Threads { get; init; }

    /// <summary>Checks every value.</summary>
    /// <exception cref="UserErrorException">A value is outside its range.</exception>
    public RenderOptions Validated()
    {
        if (Batch is < 1 or > MostFrames) throw new UserErrorException($"The batch is {Batch}; allowed is 1 to {MostFrames} frames.",
            exitCode: 2);
        if (Threads < 0) throw new UserErrorException($"The number of threads is {Threads}; allowed is 0 (all processors) or more.",
            exitCode: 2);
        return this;
    }
}
