using TorchSharp;
using static TorchSharp.torch;

// The one place that makes tensors.
#pragma warning disable RS0030

namespace ForensicHeads.Neural;

/// <summary>Where tensors come to a device: each says which, since libtorch's own makers mean the CPU where they are not told
/// (BannedSymbols.txt).</summary>
public static class DeviceTensors
{
    /// <summary>float32 zeros.</summary>
    public static Tensor Zeros(Device device, params long[] shape) => zeros(shape, ScalarType.Float32, device);

    /// <summary>float32 ones.</summary>
    public static Tensor Ones(Device device, params long[] shape) => ones(shape, ScalarType.Float32, device);

    /// <summary>float32[size, size], ones on the diagonal.</summary>
    public static Tensor Eye(Device device, long size) => eye(size, size, ScalarType.Float32, device);

    /// <summary>float32, 0 without an axis: where a sum of losses starts.</summary>
    public static Tensor Zero(Device device) => zeros(1, ScalarType.Float32, device)[0];

    /// <summary>The values on a device, of one axis where no shape is given.</summary>
    public static Tensor ToTensor(this float[] values, Device device, params long[] shape) =>
        tensor(values, shape.Length == 0 ? [values.Length] : shape, device: device);

    /// <summary>float32[rows, columns].</summary>
    public static Tensor ToTensor(this float[,] values, Device device) => tensor(values, device: device);

    /// <summary>Whole numbers, int64[n].</summary>
    public static Tensor ToTensor(this long[] values, Device device) => tensor(values, device: device);

    /// <summary>Bytes; from page-locked memory where a GPU takes them, so that the copy need not be waited for.</summary>
    public static Tensor ToTensor(this byte[] values, Device device, params long[] shape)
    {
        if (device.type != DeviceType.CUDA) return tensor(values, shape, dtype: ScalarType.Byte, device: device);
        using var scope = NewDisposeScope();
        return tensor(values, shape, dtype: ScalarType.Byte, device: CPU).pin_memory().to(device, non_blocking: true)
            .MoveToOuterDisposeScope();
    }
}
