using TorchSharp;
using static TorchSharp.torch;

namespace ForensicHeads.Neural.Tests.Layers;

public sealed class SpectralNormTests : IDisposable
{
    private readonly DisposeScope scope = NewDisposeScope();

    public void Dispose() => scope.Dispose();

    [Fact]
    public void After_power_iterations_the_divisor_is_the_largest_singular_value()
    {
        var weight = Tiny.Random("w", 12, 30);
        var u = Tiny.Random("u", 12);
        for (var i = 0; i < 200; i++) SpectralNorm.Advance(weight, u);
        var sigma = (weight / SpectralNorm.Normalise(weight, u)).mean().item<float>();
        // Relative; float32 sums over 360 products.
        Assert.Equal(LargestSingularValue(weight.ToArray(), 12, 30), sigma, 1e-4);
        Assert.Equal(1, u.norm().item<float>(), 1e-5f);
    }

    [Fact]
    public void A_convolution_is_normalised_as_the_matrix_of_its_output_channels()
    {
        var weight = Tiny.Random("conv", 6, 4, 3, 3);
        var u = Tiny.Random("u", 6);
        for (var i = 0; i < 200; i++) SpectralNorm.Advance(weight.view(6, -1), u);
        var normalised = SpectralNorm.Normalise(weight, u);
        Assert.Equal([6, 4, 3, 3], normalised.shape);
        Assert.Equal(1, LargestSingularValue(normalised.ToArray(), 6, 36), 1e-4);
    }

    [Fact]
    public void The_gradient_takes_u_and_v_as_constants()
    {
        const int Rows = 3, Columns = 4;
        var start = Tiny.Values("w", Rows * Columns);
        // A u that has not converged: otherwise u and v are stationary and the test could not tell constants from variables.
        var u = Tiny.Values("u", Rows);
        var length = Math.Sqrt(u.Sum(value => (double)value * value));
        u = [.. u.Select(value => (float)(value / length))];
        var upstream = Tiny.Values("g", Rows * Columns);
        var weight = tensor(start, [Rows, Columns], requires_grad: true);
        (SpectralNorm.Normalise(weight, tensor(u)) * tensor(upstream, [Rows, Columns])).sum().backward();
        var gradient = weight.grad!.ToArray();

        var v = Transposed(start, u, Rows, Columns);
        double Loss(double[] w)
        {
            var sigma = 0.0;
            for (var r = 0; r < Rows; r++)
            {
                for (var c = 0; c < Columns; c++) sigma += u[r] * w[(r * Columns) + c] * v[c];
            }

            return w.Select((value, i) => value / sigma * upstream[i]).Sum();
        }

        for (var i = 0; i < start.Length; i++)
        {
            const double Step = 1e-5;
            var (up, down) = (Array.ConvertAll(start, x => (double)x), Array.ConvertAll(start, x => (double)x));
            up[i] += Step;
            down[i] -= Step;
            // Central differences in double against float32 autograd: relative to gradients of about 1.
            Assert.Equal((Loss(up) - Loss(down)) / (2 * Step), gradient[i], 1e-4);
        }
    }

    [Fact]
    public void A_zero_weight_gives_no_nan_while_u_advances()
    {
        var u = ones(3);
        SpectralNorm.Advance(zeros(3, 4), u);
        Assert.All(u.ToArray(), value => Assert.True(float.IsFinite(value)));
    }

    private static double[] Transposed(float[] w, float[] u, int rows, int columns)
    {
        var v = new double[columns];
        for (var c = 0; c < columns; c++) v[c] = Enumerable.Range(0, rows).Sum(r => (double)w[(r * columns) + c] * u[r]);
        var length = Math.Sqrt(v.Sum(value => value * value));
        return [.. v.Select(value => value / length)];
    }

    /// <summary>Power iteration on WᵀW in double, far past convergence.</summary>
    internal static double LargestSingularValue(float[] w, int rows, int columns)
    {
        var v = Enumerable.Range(1, columns).Select(i => Math.Sin(i)).ToArray();
        var sigma = 0.0;
        for (var iteration = 0; iteration < 3000; iteration++)
        {
            var u = Enumerable.Range(0, rows).Select(r => Enumerable.Range(0, columns).Sum(c => w[(r * columns) + c] * v[c])).ToArray();
            var next = Enumerable.Range(0, columns).Select(c => Enumerable.Range(0, rows).Sum(r => w[(r * columns) + c] * u[r])).ToArray();
            var length = Math.Sqrt(next.Sum(value => value * value));
            sigma = Math.Sqrt(length);
            v = [.. next.Select(value => value / length)];
        }

        return sigma;
    }
}
