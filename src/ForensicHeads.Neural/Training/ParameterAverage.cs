using ForensicHeads.Neural.Layers;
using static TorchSharp.torch;

namespace ForensicHeads.Neural.Training;

/// <summary>Exponential moving average of a network: parameters are averaged, u vectors are copied.</summary>
public sealed class ParameterAverage(NetworkParameters source, double decay) : IDisposable
{
    /// <summary>The averaged network.</summary>
    public NetworkParameters Average { get; } = source.Clone();

    /// <summary>Takes the source's present values in.</summary>
    public void Update()
    {
        using var _ = no_grad();
        using var scope = NewDisposeScope();
        Average.Values.mul_(decay).add_(source.Values, 1 - decay);
        Average.Spectral.copy_(source.Spectral);
    }

    /// <inheritdoc/>
    public void Dispose() => Average.Dispose();
}
