using TorchSharp;
using static TorchSharp.torch;

namespace ForensicHeads.Neural.Training;

/// <summary>Adam (Kingma and Ba 2015) over one flat vector, with bias correction.</summary>
public sealed class Adam : IDisposable
{
    private readonly Tensor target;
    private readonly AdamOptions options;
    private readonly Tensor? first;
    private readonly Tensor second;

    /// <summary>Optimises <paramref name="target"/>, a leaf with gradient.</summary>
    public Adam(Tensor target, AdamOptions options)
    {
        this.target = target;
        this.options = options;
        // With beta1 = 0 the first moment is the gradient itself.
        first = options.Beta1 > 0 ? zeros_like(target).DetachFromDisposeScope() : null;
        second = zeros_like(target).DetachFromDisposeScope();
    }

    /// <summary>Steps taken.</summary>
    public long Steps { get; set; }

    /// <summary>Whether <see cref="Step"/> measures the gradient before it clears it.</summary>
    public bool Measures { get; set; }

    /// <summary>Euclidean norm of the gradient of the last update that measured it, a scalar on its device that belongs to the dispose
    /// scope of that update; null where none did.</summary>
    public Tensor? GradientNorm { get; private set; }

    /// <summary>The moments, by name, for a checkpoint.</summary>
    public IReadOnlyDictionary<string, Tensor> State =>
        first is null ? new Dictionary<string, Tensor> { ["second"] = second }
            : new Dictionary<string, Tensor> { ["first"] = first, ["second"] = second };

    /// <summary>One update from the gradient, which is then cleared.</summary>
    /// <param name="learningRate">Rate of this update; null for the options' own.</param>
    public void Step(double? learningRate = null)
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        var gradient = target.grad ?? throw new InvalidOperationException("No gradient: call backward before Step.");
        if (Measures) GradientNorm = gradient.norm().MoveToOuterDisposeScope();
        Steps++;
        // Numbers are handed over as scalars that live to the end of the call: one made in passing may be freed by the collector while
        // libtorch reads it.
        using var beta2 = options.Beta2.ToScalar();
        using var rest2 = (1 - options.Beta2).ToScalar();
        second.mul_(beta2).addcmul_(gradient, gradient, rest2);
        var direction = gradient;
        if (first is not null)
        {
            using var beta1 = options.Beta1.ToScalar();
            using var rest1 = (1 - options.Beta1).ToScalar();
            first.mul_(beta1).add_(gradient, rest1);
            direction = first;
        }

        var rate = (learningRate ?? options.Rate) / (1 - Math.Pow(options.Beta1, Steps));
        using var correction = (1 - Math.Pow(options.Beta2, Steps)).ToScalar();
        using var step = (-rate).ToScalar();
        target.addcdiv_(direction, second.div(correction).sqrt_().AddInPlace(options.Epsilon), step);
        gradient.zero_();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        first?.Dispose();
        second.Dispose();
    }
}

/// <summary>Rates of <see cref="Adam"/>. Defaults of the paper's generator side.</summary>
/// <param name="Rate">Learning rate.</param>
/// <param name="Beta1">Decay of the first moment.</param>
/// <param name="Beta2">Decay of the second moment.</param>
/// <param name="Epsilon">Added to the root of the second moment.</param>
public sealed record AdamOptions(double Rate = 5e-5, double Beta1 = 0, double Beta2 = 0.999, double Epsilon = 1e-5);
