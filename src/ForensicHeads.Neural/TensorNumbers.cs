using TorchSharp;
using static TorchSharp.torch;

namespace ForensicHeads.Neural;

/// <summary>Arithmetic of tensors with plain numbers.</summary>
/// <remarks>
/// TorchSharp turns a number into an object with a finaliser and holds only its address during the native call, so that the collector may free it
/// while libtorch reads it. Here the object lives to the end of the call; the implicit forms do not compile (BannedSymbols.txt).
/// </remarks>
public static class TensorNumbers
{
    /// <summary>tensor + number.</summary>
    public static Tensor Plus(this Tensor tensor, double number)
    {
        using var scalar = number.ToScalar();
        return tensor.add(scalar);
    }

    /// <summary>tensor · number.</summary>
    public static Tensor Times(this Tensor tensor, double number)
    {
        using var scalar = number.ToScalar();
        return tensor.mul(scalar);
    }

    /// <summary>tensor / number.</summary>
    public static Tensor DividedBy(this Tensor tensor, double number)
    {
        using var scalar = number.ToScalar();
        return tensor.div(scalar);
    }

    /// <summary>No value under the least.</summary>
    public static Tensor AtLeast(this Tensor tensor, double least)
    {
        using var scalar = least.ToScalar();
        return tensor.clamp_min(scalar);
    }

    /// <summary>Sets every value of the tensor itself to the number.</summary>
    public static void FillWith(this Tensor tensor, double number)
    {
        using var scalar = number.ToScalar();
        tensor.fill_(scalar);
    }
}
