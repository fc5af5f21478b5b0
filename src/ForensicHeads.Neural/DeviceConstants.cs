using System.Collections.Concurrent;
using TorchSharp;
using static TorchSharp.torch;

namespace ForensicHeads.Neural;

/// <summary>Tensors that never change, with one copy on each device that has asked for them.</summary>
/// <param name="make">Makes them on a device.</param>
public sealed class DeviceConstants(Func<Device, Tensor[]> make) : IDisposable
{
    private readonly ConcurrentDictionary<(DeviceType, int), Lazy<Tensor[]>> copies = new();

    /// <summary>The tensors on a device; they stay this object's.</summary>
    public IReadOnlyList<Tensor> On(Device device) => copies.GetOrAdd((device.type, device.index), _ => new Lazy<Tensor[]>(() =>
    {
        using var without = no_grad();
        return Array.ConvertAll(make(device), tensor => tensor.DetachFromDisposeScope());
    })).Value;

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var tensor in copies.Values.SelectMany(copy => copy.Value)) tensor.Dispose();
        copies.Clear();
    }
}
