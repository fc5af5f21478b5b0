using TorchSharp;
using static TorchSharp.torch;

namespace ForensicHeads.Neural;

/// <summary>Arithmetic of tensors with plain numbers, their sums, and the way of numbers to the device and back.</summary>
/// <remarks>
/// TorchSharp turns a number into an object with a finaliser and holds only its address during the native call, so that the collector may
/// free it while libtorch reads it. A sum has such a number too: the factor 1 of its second term. Here the object lives to the end of the
/// call; the other forms do not compile (BannedSymbols.txt).
/// </remarks>
public static class TensorNumbers
{
    // Never freed; of whole numbers, since tensors of these take no other.
    private static readonly Scalar One = 1L.ToScalar();

    /// <summary>tensor + other.</summary>
    public static Tensor Plus(this Tensor tensor, Tensor other) => tensor.add(other, One);

    /// <summary>Adds the other to the tensor itself, and returns it.</summary>
    public static Tensor AddInPlace(this Tensor tensor, Tensor other) => tensor.add_(other, One);

    /// <summary>tensor + number.</summary>
    public static Tensor Plus(this Tensor tensor, double number)
    {
        using var scalar = number.ToScalar();
        return tensor.add(scalar, One);
    }

    /// <summary>Adds the number to every value of the tensor itself, and returns it.</summary>
    public static Tensor AddInPlace(this Tensor tensor, double number)
    {
        using var scalar = number.ToScalar();
        return tensor.add_(scalar, One);
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

    /// <summary>The tensor's values on the host, row-major: the one way out of libtorch.</summary>
    /// <typeparam name="T">The type that the tensor has.</typeparam>
    public static T[] ToHost<T>(this Tensor tensor)
        where T : unmanaged
    {
        using var scope = NewDisposeScope();
        return tensor.detach().cpu().contiguous().data<T>().ToArray();
    }

    /// <summary>The values as a tensor on <see cref="TorchRuntime.Device"/>, of one axis where no shape is given.</summary>
    public static Tensor ToTensor(this float[] values, params long[] shape) =>
        tensor(values, shape.Length == 0 ? [values.Length] : shape, device: TorchRuntime.Device);

    /// <summary>Whole numbers, int64[n], on <see cref="TorchRuntime.Device"/>.</summary>
    public static Tensor ToTensor(this long[] values) => tensor(values, device: TorchRuntime.Device);
}
