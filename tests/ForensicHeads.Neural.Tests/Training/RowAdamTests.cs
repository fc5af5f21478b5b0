using TorchSharp;
using static TorchSharp.torch;

namespace ForensicHeads.Neural.Tests.Training;

public sealed class RowAdamTests : IDisposable
{
    private const int Rows = 3, Length = 4;
    private readonly DisposeScope scope = NewDisposeScope();

    public void Dispose() => scope.Dispose();

    [Theory]
    [InlineData(0)]
    [InlineData(0.9)]
    public void Each_row_equals_an_Adam_of_its_own(double beta1)
    {
        var options = new AdamOptions(0.01, beta1);
        using var table = Tiny.Random("table", Rows, Length);
        using var together = new RowAdam(table, options);
        var alone = Enumerable.Range(0, Rows).Select(row => table[row].clone().requires_grad_(true)).ToArray();
        var optimisers = Array.ConvertAll(alone, row => new Adam(row, options));
        // Row 0 is met at every step, row 2 at the last alone.
        long[][] met = [[0, 1], [1, 0], [0], [2, 0]];
        for (var step = 0; step < met.Length; step++)
        {
            var slopes = Tiny.Random($"slopes{step}", met[step].Length, Length);
            together.Step(tensor(met[step]), slopes, 0.01);
            for (var i = 0; i < met[step].Length; i++)
            {
                (alone[met[step][i]] * slopes[i]).sum().backward();
                optimisers[met[step][i]].Step();
            }
        }

        for (var row = 0; row < Rows; row++)
        {
            foreach (var (expected, found) in alone[row].ToArray().Zip(table[row].ToArray())) Assert.Equal(expected, found, 2e-6);
            optimisers[row].Dispose();
        }
    }

    [Fact]
    public void Rows_that_are_not_met_keep_value_moment_and_count()
    {
        using var table = Tiny.Random("table", Rows, Length);
        var before = table[1].ToArray();
        using var adam = new RowAdam(table, new AdamOptions());
        adam.Step(tensor(new long[] { 0, 2 }), ones(2, Length), 0.1);
        Assert.Equal(before, table[1].ToArray());
        Assert.Equal([1, 0, 1], adam.State["steps"].ToArray());
        Assert.All(adam.State["second"][1].ToArray(), value => Assert.Equal(0, value));
    }
}
