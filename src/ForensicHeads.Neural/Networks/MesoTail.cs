using TorchSharp;
using static TorchSharp.torch;

namespace ForensicHeads.Neural.Networks;

/// <summary>What both networks of MesoNet end in: two 5×5 convolutions with 16 channels, then linear layers of 16 and 1 behind
/// dropout.</summary>
internal sealed class MesoTail
{
    private const double Slope = 0.1;
    private const double Dropped = 0.5;
    private const int LastSide = 8;
    private readonly MesoStage third;
    private readonly MesoStage fourth;
    private readonly Linear hidden;
    private readonly Linear logit;

    public MesoTail(ParameterLayout layout, int inputs)
    {
        third = MesoStage.Plain(layout, 3, inputs, 16, kernel: 5, pool: 2);
        fourth = MesoStage.Plain(layout, 4, 16, 16, kernel: 5, pool: 4);
        hidden = new Linear(layout, "dense1", 16 * LastSide * LastSide, 16, spectralNorm: false);
        logit = new Linear(layout, "dense2", 16, 1, spectralNorm: false);
    }

    public Tensor Forward(Tensor x, BoundParameters parameters)
    {
        x = fourth.Forward(third.Forward(x, parameters), parameters).flatten(1);
        using var slope = Slope.ToScalar();
        x = hidden.Forward(parameters.Dropout(x, Dropped), parameters).leaky_relu(slope);
        return logit.Forward(parameters.Dropout(x, Dropped), parameters).squeeze(1);
    }

    public OnnxValue Export(ExportScope scope, OnnxValue x)
    {
        x = fourth.Export(scope, third.Export(scope, x));
        return logit.Export(scope, scope.Graph.LeakyRelu(hidden.Export(scope, x), Slope));
    }
}
