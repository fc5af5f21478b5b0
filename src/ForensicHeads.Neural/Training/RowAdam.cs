using TorchSharp;
using static TorchSharp.torch;

namespace ForensicHeads.Neural.Training;

/// <summary>
/// Adam (Kingma and Ba 2015) over the rows of a table of which every step learns a few: each row has its own moments and its own step
/// count, so that a row not met is not touched and a row seldom met has the bias correction of its own few steps.
/// </summary>
public sealed class RowAdam : IDisposable
{
    private readonly Tensor table;
    private readonly AdamOptions options;
    private readonly Tensor? first;
    private readonly Tensor second;
    private readonly Tensor steps;

    /// <summary>Optimises <paramref name="table"/>, float32[rows, length], which it does not own.</summary>
    public RowAdam(Tensor table, AdamOptions options)
    {
        this.table = table;
        this.options = options;
        first = options.Beta1 > 0 ? zeros_like(table).detach().DetachFromDisposeScope() : null;
        second = zeros_like(table).detach().DetachFromDisposeScope();
        steps = DeviceTensors.Zeros(table.device, table.shape[0], 1).DetachFromDisposeScope();
    }

    /// <summary>Moments and step counts, by name, for a checkpoint.</summary>
    public IReadOnlyDictionary<string, Tensor> State => first is null
        ? new Dictionary<string, Tensor> { ["second"] = second, ["steps"] = steps }
        : new Dictionary<string, Tensor> { ["first"] = first, ["second"] = second, ["steps"] = steps };

    /// <summary>One update of some rows.</summary>
    /// <param name="rows">int64[n], each row at most once.</param>
    /// <param name="gradient">float32[n, length].</param>
    /// <param name="learningRate">Rate of this update.</param>
    public void Step(Tensor rows, Tensor gradient, double learningRate)
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        var counts = steps.index_select(0, rows).Plus(1);
        steps.index_copy_(0, rows, counts);
        var moment = second.index_select(0, rows).Times(options.Beta2).Plus((gradient * gradient).Times(1 - options.Beta2));
        second.index_copy_(0, rows, moment);
        var direction = gradient;
        if (first is not null)
        {
            var mean = first.index_select(0, rows).Times(options.Beta1).Plus(gradient.Times(1 - options.Beta1));
            first.index_copy_(0, rows, mean);
            direction = mean / Remaining(options.Beta1, counts);
        }

        var denominator = (moment / Remaining(options.Beta2, counts)).sqrt_().Plus(options.Epsilon);
        using var one = 1.ToScalar();
        table.index_add_(0, rows, (direction / denominator).Times(-learningRate), one);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        first?.Dispose();
        second.Dispose();
        steps.Dispose();
    }

    // 1 − βⁿ for each row, in double: in float32, 0.999ⁿ loses most of its distance from one.
    private static Tensor Remaining(double beta, Tensor counts) =>
        counts.to_type(ScalarType.Float64).Times(Math.Log(beta)).exp().neg().Plus(1).to_type(ScalarType.Float32);
}
