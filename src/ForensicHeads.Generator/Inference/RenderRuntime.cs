namespace ForensicHeads.Generator.Inference;

/// <summary>What computes the frames of a head.</summary>
public enum RenderRuntime
{
    /// <summary>ONNX Runtime on the CPU: the same frames up to rounding, in half the time or less.</summary>
    Onnx,

    /// <summary>The networks as they were trained, by libtorch.</summary>
    Torch,
}
