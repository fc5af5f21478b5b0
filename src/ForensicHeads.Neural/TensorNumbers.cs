using TorchSharp;
using static TorchSharp.torch;

namespace ForensicHeads.Neural;

/// <summary>Arithmetic of tensors with plain numbers, their sums, and the way of numbers out of libtorch.</summary>
/// <remarks>
/// TorchSharp turns a number into an object with a finaliser and holds only its address during the native call, so that the collector may
/// free it while libtorch reads it. A sum has such a number too: the factor 1 of its second term. Here the object lives to the end of the
/// call; the other forms do not compile (BannedSymbols.txt).
/// </remarks>
public static class TensorNumbers
{
    // Never freed; of whole numbers, since tensors of these take no other.
    private static readonly Scalar One = 1L.ToScalar();
    private static long reads;

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
    public static Tensor Times(this Tensor tensor, double number) => With(tensor, number, static (value, scalar) => value.mul(scalar));

    /// <summary>tensor / number.</summary>
    public static Tensor DividedBy(this Tensor tensor, double number) => With(tensor, number, static (value, scalar) => value.div(scalar));

    /// <summary>No value under the least.</summary>
    public static Tensor AtLeast(this Tensor tensor, double least) =>
        With(tensor, least, static (value, scalar) => value.clamp_min(scalar));

    /// <summary>Sets every value of the tensor itself to the number.</summary>
    public static void FillWith(this Tensor tensor, double number)
    {
        using var scalar = number.ToScalar();
        tensor.fill_(scalar);
    }

    /// <summary>The tensor's values on the host, row-major: the one way out of libtorch. It waits for all that the device was asked to
    /// do before.</summary>
    /// <typeparam name="T">The type that the tensor has.</typeparam>
    public static T[] ToHost<T>(this Tensor tensor)
        where T : unmanaged
    {
        Interlocked.Increment(ref reads);
        using var scope = NewDisposeScope();
#pragma warning disable RS0030 // The one place where they are read.
        return tensor.detach().cpu().contiguous().data<T>().ToArray();
#pragma warning restore RS0030
    }

    /// <summary>A single value on the host; waits as <see cref="ToHost"/> does.</summary>
    public static double ToNumber(this Tensor scalar)
    {
        using var scope = NewDisposeScope();
        return scalar.to_type(ScalarType.Float64).ToHost<double>()[0];
    }

    /// <summary>Whether this is libtorch's lazy device, on which tests prove that nothing lies on a wrong one; some of its operations
    /// differ from those of the CPU and of cards.</summary>
    internal static bool IsLazy(this Tensor tensor) => tensor.device_type is not (DeviceType.CPU or DeviceType.CUDA);

    // The lazy device makes float64 of a number and a value without an axis.
    private static Tensor With(Tensor tensor, double number, Func<Tensor, Scalar, Tensor> operation)
    {
        using var scalar = number.ToScalar();
        return tensor.IsLazy() && tensor.dim() == 0 ? operation(tensor.view(1), scalar).squeeze(0) : operation(tensor, scalar);
    }

    /// <summary>How often this process has waited for values of a device.</summary>
    internal static long Reads => Interlocked.Read(ref reads);
}
