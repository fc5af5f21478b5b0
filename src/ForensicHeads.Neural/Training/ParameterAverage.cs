using TorchSharp;
using static TorchSharp.torch;

namespace ForensicHeads.Neural.Training;

/// <summary>Exponential moving average of a network: parameters are averaged, u vectors and running statistics are copied.</summary>
/// <param name="source">The network that is learnt.</param>
/// <param name="limit">The decay an update.</param>
/// <param name="warmUp">Whether the average starts short, so that a random start is soon forgotten.</param>
public sealed class ParameterAverage(NetworkParameters source, double limit, bool warmUp) : IDisposable
{
    /// <summary>The averaged network.</summary>
    public NetworkParameters Average { get; } = source.Clone();

    /// <summary>The decay at a step: with a warm-up, at most (1 + step) / (10 + step).</summary>
    public double DecayAt(long step) => warmUp ? Math.Min(limit, (1.0 + step) / (10 + step)) : limit;

    /// <summary>Takes the source's present values in.</summary>
    /// <param name="step">Updates of the source so far, from 1.</param>
    public void Update(long step)
    {
        var decay = DecayAt(step);
        using var _ = no_grad();
        using var scope = NewDisposeScope();
        using var kept = decay.ToScalar();
        using var taken = (1 - decay).ToScalar();
        Average.Values.mul_(kept).add_(source.Values, taken);
        Average.Spectral.copy_(source.Spectral);
        Average.Running.copy_(source.Running);
    }

    /// <inheritdoc/>
    public void Dispose() => Average.Dispose();
}
