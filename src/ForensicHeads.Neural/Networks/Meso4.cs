using static TorchSharp.torch;

namespace ForensicHeads.Neural.Networks;

/// <summary>Meso-4 (Afchar et al. 2018, section II-B-1): four convolutions with batch norm and pooling, two linear layers; 27,977
/// weights.</summary>
public sealed class Meso4 : IMesoNetwork
{
    private readonly MesoStage first;
    private readonly MesoStage second;
    private readonly MesoTail tail;

    /// <summary>Lays the network out.</summary>
    public Meso4()
    {
        first = MesoStage.Plain(Layout, 1, 3, 8, kernel: 3, pool: 2);
        second = MesoStage.Plain(Layout, 2, 8, 8, kernel: 5, pool: 2);
        tail = new MesoTail(Layout, 8);
    }

    /// <inheritdoc/>
    public string Name => "Meso4";

    /// <inheritdoc/>
    public ParameterLayout Layout { get; } = new();

    /// <inheritdoc/>
    public Tensor Forward(Tensor frames, BoundParameters parameters) =>
        tail.Forward(second.Forward(first.Forward(frames, parameters), parameters), parameters);

    OnnxValue IMesoNetwork.Export(ExportScope scope, OnnxValue frames) =>
        tail.Export(scope, second.Export(scope, first.Export(scope, frames)));
}
