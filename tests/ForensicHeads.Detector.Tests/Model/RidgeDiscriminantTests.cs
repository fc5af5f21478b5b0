using ForensicHeads.Testing;

namespace ForensicHeads.Detector.Tests.Model;

public class RidgeDiscriminantTests
{
    [Theory]
    [InlineData(3, 0.5)]
    [InlineData(40, 2.0)]
    public void The_scores_equal_those_of_a_plain_descent_on_the_primal_loss(int columns, double penalty)
    {
        var random = new SeededRandom(2, "ridge");
        var rows = Enumerable.Range(0, 24).Select(i => new LabelledFeatures
        {
            Key = $"k{i}",
            Identity = $"p{i % 7}",
            Video = $"v{i}",
            Origin = Origins.Of(i % 3 == 0),
            Features =
                [.. Enumerable.Range(0, columns).Select(c => (float)((5 * c) + (random.Gaussian() * (1 + c)) + (i % 3 == 0 ? 1 : 0)))],
        }).ToArray();
        var scores = RidgeDiscriminant.Fit(rows, penalty).Score([.. rows.Select(row => row.Features)]);

        var weights = ExampleWeights.Of(rows).Select(weight => (double)weight).ToArray();
        var x = new double[rows.Length, columns];
        for (var c = 0; c < columns; c++)
        {
            var mean = rows.Select((row, i) => weights[i] * row.Features[c]).Sum() / weights.Sum();
            var deviation = Math.Sqrt(rows.Select((row, i) => weights[i] * Math.Pow(row.Features[c] - mean, 2)).Sum() / weights.Sum());
            for (var i = 0; i < rows.Length; i++) x[i, c] = (rows[i].Features[c] - mean) / deviation / Math.Sqrt(columns);
        }

        var slope = new double[columns];
        for (var step = 0; step < 20_000; step++)
        {
            var gradient = slope.Select(value => 2 * penalty * value).ToArray();
            for (var i = 0; i < rows.Length; i++)
            {
                var residual = (rows[i].Generated ? 1 : -1) - Enumerable.Range(0, columns).Sum(c => x[i, c] * slope[c]);
                for (var c = 0; c < columns; c++) gradient[c] -= 2 * weights[i] * residual * x[i, c];
            }

            for (var c = 0; c < columns; c++) slope[c] -= 0.01 * gradient[c];
        }

        for (var i = 0; i < rows.Length; i++) Assert.Equal(Enumerable.Range(0, columns).Sum(c => x[i, c] * slope[c]), scores[i], 1e-6);
    }

    [Fact]
    public void A_column_that_does_not_vary_adds_nothing()
    {
        LabelledFeatures Row(int i, bool generated, params float[] features) =>
            new() { Key = $"k{i}", Identity = $"p{i}", Video = $"v{i}", Origin = Origins.Of(generated), Features = features };
        var model = RidgeDiscriminant.Fit([Row(0, false, 7, 0), Row(1, true, 7, 1), Row(2, false, 7, 0.2f)], 1);
        Assert.Equal(model.Score([[7, 0.5f]]), model.Score([[900, 0.5f]]));
        Assert.True(model.Score([[7, 1]])[0] > model.Score([[7, 0]])[0]);
    }
}
