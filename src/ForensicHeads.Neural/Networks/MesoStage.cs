using static TorchSharp.torch;

namespace ForensicHeads.Neural.Networks;

/// <summary>A stage of MesoNet: parallel branches of convolutions with ReLU, joined, then batch norm and the maximum over
/// squares.</summary>
internal sealed class MesoStage
{
    // The published files were made with this default of their library.
    private const double Epsilon = 1e-3;
    private readonly Convolution[][] branches;
    private readonly BatchNorm norm;
    private readonly int pool;

    private MesoStage(Convolution[][] branches, BatchNorm norm, int pool) => (this.branches, this.norm, this.pool) = (branches, norm, pool);

    /// <summary>One convolution.</summary>
    public static MesoStage Plain(ParameterLayout layout, int number, int inputs, int outputs, int kernel, int pool)
    {
        var convolution = new Convolution(layout, $"conv{number}", inputs, outputs, kernel, hasBias: true, spectralNorm: false);
        return new MesoStage([[convolution]], new BatchNorm(layout, $"norm{number}", outputs, Epsilon), pool);
    }

    /// <summary>The paper's inception module (its figure 3): 1×1, and three times 1×1 with 3×3 of dilation 1, 2 and 3.</summary>
    public static MesoStage Inception(ParameterLayout layout, int number, int inputs, int[] widths, int pool)
    {
        var branches = widths.Select((width, branch) =>
        {
            var first = new Convolution(layout, $"inception{number}.narrow{branch}", inputs, width, 1, hasBias: true, spectralNorm: false);
            return branch == 0 ? new[] { first }
                : [first,
                new Convolution(layout, $"inception{number}.wide{branch}", width, width, 3, hasBias: true, spectralNorm: false,
                dilation: branch)];
        }).ToArray();
        return new MesoStage(branches, new BatchNorm(layout, $"norm{number}", widths.Sum(), Epsilon), pool);
    }

    public Tensor Forward(Tensor x, BoundParameters parameters)
    {
        var outputs =
            branches.Select(branch => branch.Aggregate(x, (y, convolution) => nn.functional.relu(convolution.Forward(y, parameters))))
            .ToArray();
        return nn.functional.max_pool2d(norm.Forward(outputs.Length == 1 ? outputs[0] : cat(outputs, 1), parameters), pool);
    }

    public OnnxValue Export(ExportScope scope, OnnxValue x)
    {
        var outputs = branches.Select(branch => branch.Aggregate(x, (y, convolution) => scope.Graph.Relu(convolution.Export(scope, y))))
            .ToArray();
        return scope.Graph.PoolByMaximum(norm.Export(scope, outputs.Length == 1 ? outputs[0] : scope.Graph.Join(outputs)), pool);
    }
}
