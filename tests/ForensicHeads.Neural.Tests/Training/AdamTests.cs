using TorchSharp;
using static TorchSharp.torch;

namespace ForensicHeads.Neural.Tests.Training;

public sealed class AdamTests : IDisposable
{
    private const int Count = 5, Steps = 6;
    private readonly DisposeScope scope = NewDisposeScope();

    public void Dispose() => scope.Dispose();

    [Theory]
    [InlineData(0)]
    [InlineData(0.9)]
    public void Several_steps_equal_the_textbook_formula_in_double(double beta1)
    {
        var options = new AdamOptions(0.01, beta1);
        var start = Tiny.Values("start", Count);
        var target = tensor(start).requires_grad_(true);
        using var adam = new Adam(target, options);
        var (x, m, v) = (Array.ConvertAll(start, value => (double)value), new double[Count], new double[Count]);
        for (var step = 1; step <= Steps; step++)
        {
            var slope = Tiny.Values($"slope{step}", Count);
            // One slope of the size of eps, where it matters that eps stands outside the root.
            slope[0] *= 1e-5f;
            (target * tensor(slope)).sum().backward();
            adam.Step();
            for (var i = 0; i < Count; i++)
            {
                m[i] = (beta1 * m[i]) + ((1 - beta1) * slope[i]);
                v[i] = (0.999 * v[i]) + (0.001 * slope[i] * slope[i]);
                x[i] -= 0.01 * (m[i] / (1 - Math.Pow(beta1, step))) / (Math.Sqrt(v[i] / (1 - Math.Pow(0.999, step))) + 1e-5);
            }

            // Float32 values of about 1, a few roundings a step.
            for (var i = 0; i < Count; i++) Assert.Equal(x[i], target[i].item<float>(), 2e-6);
        }

        Assert.Equal(Steps, adam.Steps);
    }

    [Fact]
    public void Its_moments_are_all_it_makes_and_they_go_with_it()
    {
        var target = zeros(3).requires_grad_(true);
        var before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        var adam = new Adam(target, new AdamOptions(Beta1: 0.9));
        Assert.Equal(before + 2, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
        adam.Dispose();
        Assert.Equal(before, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
    }

    [Fact]
    public void A_step_clears_the_gradient_so_that_the_next_one_starts_afresh()
    {
        var target = zeros(Count).requires_grad_(true);
        using var adam = new Adam(target, new AdamOptions());
        target.sum().backward();
        adam.Step();
        Assert.All(target.grad!.ToArray(), value => Assert.Equal(0, value));
    }

    [Fact]
    public void The_gradient_is_measured_when_asked_and_before_it_is_cleared()
    {
        var target = zeros(2).requires_grad_(true);
        using var adam = new Adam(target, new AdamOptions());
        (target * tensor([3f, -4f])).sum().backward();
        adam.Step();
        Assert.Null(adam.GradientNorm);
        adam.Measures = true;
        (target * tensor([3f, -4f])).sum().backward();
        adam.Step();
        Assert.Equal(5, adam.GradientNorm!.ToNumber(), 1e-6);
    }

    [Fact]
    public void A_restored_optimiser_goes_on_where_the_other_stands()
    {
        var (a, b) = (zeros(Count).requires_grad_(true), zeros(Count).requires_grad_(true));
        using var first = new Adam(a, new AdamOptions(0.01, 0.9));
        using var second = new Adam(b, new AdamOptions(0.01, 0.9));
        Step(a, first, "1");
        using (no_grad()) b.copy_(a);
        foreach (var (name, state) in first.State) second.State[name].copy_(state);
        second.Steps = first.Steps;
        Step(a, first, "2");
        Step(b, second, "2");
        Assert.Equal(a.ToArray(), b.ToArray());

        static void Step(Tensor target, Adam adam, string name)
        {
            (target * Tiny.Random(name, Count)).sum().backward();
            adam.Step();
        }
    }

    [Fact]
    public void A_step_without_gradient_is_a_programming_error()
    {
        var target = zeros(Count).requires_grad_(true);
        using var adam = new Adam(target, new AdamOptions());
        Assert.Throws<InvalidOperationException>(() => adam.Step());
    }

    [Fact]
    public void The_rate_of_one_step_can_be_given()
    {
        var target = zeros(1).requires_grad_(true);
        using var adam = new Adam(target, new AdamOptions(0.01));
        target.sum().backward();
        adam.Step(0.5);
        // A first step moves by rate · g / (|g| + eps) with g = 1.
        Assert.Equal(-0.5 / (1 + 1e-5), target.item<float>(), 1e-6);
    }
}
