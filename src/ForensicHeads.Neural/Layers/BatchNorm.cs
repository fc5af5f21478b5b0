using static TorchSharp.torch;

namespace ForensicHeads.Neural.Layers;

/// <summary>
/// Batch norm (Ioffe and Szegedy 2015) with learnt scale and bias: in a step of learning each channel of the batch to mean 0 and variance
/// 1, else by the running mean and variance, so that a picture's result does not depend on those beside it.
/// </summary>
public sealed class BatchNorm
{
    /// <summary>Share of each batch in the running statistics.</summary>
    public const double Momentum = 0.1;

    private readonly int weight;
    private readonly int bias;
    private readonly long running;
    private readonly long channels;
    private readonly double epsilon;

    /// <summary>Adds <c>name.weight</c> and <c>name.bias</c>, [channels] each, and 2 · channels running statistics.</summary>
    /// <param name="layout">The network's parameter table.</param>
    /// <param name="name">Prefix of the parameter names.</param>
    /// <param name="channels">Channels.</param>
    /// <param name="epsilon">Added to the variance, under the root.</param>
    public BatchNorm(ParameterLayout layout, string name, long channels, double epsilon = 1e-5)
    {
        this.channels = channels;
        this.epsilon = epsilon;
        weight = layout.Add($"{name}.weight", Initial.Ones, spectralNorm: false, channels);
        bias = layout.Add($"{name}.bias", Initial.Zeros, spectralNorm: false, channels);
        running = layout.AddRunning(channels);
    }

    /// <summary>float32[N, C, H, W] → the same shape. In a step of learning the running statistics take the batch's in.</summary>
    public Tensor Forward(Tensor x, BoundParameters parameters) => nn.functional.batch_norm(
        x, parameters.Running(running, channels), parameters.Running(running + channels, channels), parameters[weight], parameters[bias],
            parameters.Learns, Momentum, epsilon);

    internal OnnxValue Export(ExportScope scope, OnnxValue x) => scope.Graph.BatchNorm(
        x, ExportScope.Layer(scope[weight].Name), scope[weight].Values, scope[bias].Values, scope.Running(running, channels),
            scope.Running(running + channels, channels), epsilon);
}
