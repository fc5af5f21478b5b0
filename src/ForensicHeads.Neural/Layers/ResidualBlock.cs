using static TorchSharp.torch;

namespace ForensicHeads.Neural.Layers;

/// <summary>What a residual block does to the size of its input.</summary>
public enum Resample
{
    /// <summary>Keeps it.</summary>
    None,

    /// <summary>Halves it by average pooling, after the convolutions.</summary>
    Down,

    /// <summary>Doubles it by repeating pixels, before the convolutions.</summary>
    Up,
}

/// <summary>
/// Pre-activation residual block: norm → ReLU → [×2] → 3×3 → norm → ReLU → 3×3 → [pool], plus a 1×1 skip where channels or size
/// change. The first block of a network has neither norm nor pre-activation.
/// </summary>
public sealed class ResidualBlock
{
    private readonly Convolution first;
    private readonly Convolution second;
    private readonly Convolution? skip;
    private readonly INorm? firstNorm;
    private readonly INorm? secondNorm;
    private readonly Resample resample;
    private readonly bool preActivation;

    /// <summary>Adds the block's layers to the layout.</summary>
    /// <param name="layout">The network's parameter table.</param>
    /// <param name="name">Prefix of the parameter names.</param>
    /// <param name="inputs">Input channels.</param>
    /// <param name="outputs">Output channels.</param>
    /// <param name="resample">What happens to the size.</param>
    /// <param name="norm">Makes the norm of a given name and width; null for blocks without.</param>
    /// <param name="preActivation">False for the first block of a network.</param>
    public ResidualBlock(ParameterLayout layout, string name, long inputs, long outputs, Resample resample, Func<string, long, INorm>? norm,
        bool preActivation = true)
    {
        this.resample = resample;
        this.preActivation = preActivation;
        var hasBias = norm is null;
        firstNorm = norm?.Invoke($"{name}.norm1", inputs);
        first = new Convolution(layout, $"{name}.conv1", inputs, outputs, 3, hasBias);
        secondNorm = norm?.Invoke($"{name}.norm2", outputs);
        second = new Convolution(layout, $"{name}.conv2", outputs, outputs, 3, hasBias);
        skip = inputs != outputs || resample != Resample.None ? new Convolution(layout, $"{name}.skip", inputs, outputs, 1, hasBias: true)
            : null;
    }

    /// <summary>float32[N, in, H, W] → float32[N, out, H', W'].</summary>
    public Tensor Forward(Tensor x, BoundParameters parameters, Tensor? adaptive = null)
    {
        var main = firstNorm?.Forward(x, parameters, adaptive) ?? x;
        if (preActivation) main = nn.functional.relu(main);
        main = first.Forward(main, parameters, resample == Resample.Up ? Resample.Up : Resample.None);
        main = nn.functional.relu(secondNorm?.Forward(main, parameters, adaptive) ?? main);
        main = second.Forward(main, parameters, resample == Resample.Down ? Resample.Down : Resample.None);
        return main.Plus(Skip(x, parameters));
    }

    internal OnnxValue Export(ExportScope scope, OnnxValue x)
    {
        var graph = scope.Graph;
        var main = firstNorm?.Export(scope, x) ?? x;
        if (preActivation) main = graph.Relu(main);
        main = resample == Resample.Up ? graph.ConvolveDoubled(main, first.Kernel(scope).AfterDoubling()) : first.Export(scope, main);
        main = graph.Relu(secondNorm?.Export(scope, main) ?? main);
        main = resample == Resample.Down ? graph.Convolve(main, second.Kernel(scope).ThenHalving(), stride: 2, padding: 1)
            : second.Export(scope, main);
        return graph.Add(main, skip is null ? x : resample switch
        {
            Resample.Down => skip.Export(scope, graph.Halve(x)),
            Resample.Up => graph.Double(skip.Export(scope, x)),
            _ => skip.Export(scope, x),
        });
    }

    // A 1×1 convolution commutes with both resamplings: it is cheaper on the smaller side.
    private Tensor Skip(Tensor x, BoundParameters parameters)
    {
        if (skip is null) return x;
        return resample switch
        {
            Resample.Down => skip.Forward(nn.functional.avg_pool2d(x, 2), parameters),
            Resample.Up => Double(skip.Forward(x, parameters)),
            _ => skip.Forward(x, parameters),
        };
    }

    private static Tensor Double(Tensor x) => nn.functional.interpolate(x, scale_factor: [2, 2], mode: InterpolationMode.Nearest);
}
