using static TorchSharp.torch;

namespace ForensicHeads.Neural.Networks;

/// <summary>MesoInception-4 (Afchar et al. 2018, section II-B-2): Meso-4 with inception modules of dilated convolutions in place of its
/// first two; 28,615 weights.</summary>
public sealed class MesoInception4 : IMesoNetwork
{
    private readonly MesoStage first;
    private readonly MesoStage second;
    private readonly MesoTail tail;

    /// <summary>Lays the network out.</summary>
    public MesoInception4()
    {
        first = MesoStage.Inception(Layout, 1, 3, [1, 4, 4, 2], pool: 2);
        second = MesoStage.Inception(Layout, 2, 11, [2, 4, 4, 2], pool: 2);
        tail = new MesoTail(Layout, 12);
    }

    /// <inheritdoc/>
    public string Name => "MesoInception4";

    /// <inheritdoc/>
    public ParameterLayout Layout { get; } = new();

    /// <inheritdoc/>
    public Tensor Forward(Tensor frames, BoundParameters parameters) =>
        tail.Forward(second.Forward(first.Forward(frames, parameters), parameters), parameters);

    OnnxValue IMesoNetwork.Export(ExportScope scope, OnnxValue frames) =>
        tail.Export(scope, second.Export(scope, first.Export(scope, frames)));
}
