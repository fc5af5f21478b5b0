using ForensicHeads.Testing;
using TorchSharp;
using static TorchSharp.torch;

namespace ForensicHeads.Detector.Tests.Networks;

public class CnnTests
{
    private static readonly NetworkTrainingOptions Short = new() { Steps = 3, Pairs = 2, ValidateEvery = 1 };

    [Fact]
    public void It_has_166_thousand_weights()
    {
        // The kernels, a scale and a shift for each channel, and the two linear layers.
        var kernels = (6 * 32 * 25) + (9 * ((32 * 48) + (48 * 48) + (48 * 64) + (64 * 64) + (64 * 96)));
        Assert.Equal(kernels + (2 * (32 + 48 + 48 + 64 + 64 + 96)) + (96 * 64) + 64 + 64 + 1, new ForensicCnn().Layout.ParameterCount);
    }

    [Theory]
    [InlineData(8)]
    [InlineData(9)]
    public void The_input_is_the_residual_by_its_definition_and_the_pixels(int n)
    {
        var image = Pictures.Formula(n);
        var planes = new float[6 * n * n];
        CnnInput.Fill(image, planes);
        for (var y = 0; y < n; y++)
        {
            for (var x = 0; x < n; x++)
            {
                for (var c = 0; c < 3; c++)
                {
                    // down2 keeps every second pixel from the first on; up2 repeats it.
                    double value = image[x, y][c], enlarged = image[x / 2 * 2, y / 2 * 2][c];
                    Assert.Equal((value - enlarged) / 16, planes[(((c * n) + y) * n) + x], 1e-6);
                    Assert.Equal((value / 127.5) - 1, planes[((((3 + c) * n) + y) * n) + x], 1e-6);
                }
            }
        }
    }

    [Theory]
    [InlineData(64)]
    [InlineData(128)]
    [InlineData(256)]
    [InlineData(50)]
    public void ONNX_Runtime_gives_what_torch_gives(int size)
    {
        // Statistics of a few steps, so that the batch norms matter.
        using var classifier = new CnnTraining.Classifier(3);
        var point = new ClassifierTraining(classifier, Short)
            .Learn(Textures.People(0, 3, 32), [], null, TestContext.Current.CancellationToken).Best;
        using var family = CnnFamily.FromBytes(classifier.Export(Short, point).Bytes);
        var image = Textures.Checkered(size, 7, 2);
        var actual = new float[family.Length(size)];
        family.Compute(image, actual);
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        var (logits, vectors) = new ForensicCnn()
            .Forward(tensor(classifier.Input(image), [1, 6, size, size]), classifier.Parameters.Bind(learn: false, advance: false));
        float[] expected = [.. logits.data<float>().ToArray(), .. vectors.flatten().data<float>().ToArray()];
        Assert.Equal(65, expected.Length);
        Assert.True(expected.Distinct().Count() > 20, "the comparison needs a living vector");
        for (var i = 0; i < expected.Length; i++) Assert.Equal(expected[i], actual[i], 1e-4);
    }

    [Fact]
    public void It_learns_to_tell_textures_with_a_planted_checkerboard_from_those_without()
    {
        var options = new NetworkTrainingOptions { Steps = 60, Pairs = 8, ValidateEvery = 20 };
        var trained = CnnTraining.Learn(
            Textures.People(0, 16, 32), Textures.People(30, 6, 32), options, cancellation: TestContext.Current.CancellationToken);
        var test = Textures.People(60, 30, 32, frames: 1);
        var rows = new CnnEntry().Measure(trained, test, TestContext.Current.CancellationToken);
        var auc = Auc.Of(Array.ConvertAll(rows, row => row[0]), Array.ConvertAll(test, frame => frame.Generated));
        Assert.True(auc > 0.95, $"AUC {auc}");
        Assert.Equal([20, 40, 60], trained.Curve.Select(point => point.Step));
    }

    [Fact]
    public void One_seed_gives_one_network_and_another_seed_another()
    {
        var (train, validation) = (Textures.People(0, 4, 32), Textures.People(9, 2, 32));
        byte[] Train(long seed) =>
            CnnTraining.Learn(train, validation, Short with { Seed = seed, JpegShare = 0.5 },
            cancellation: TestContext.Current.CancellationToken).Model.Bytes;
        var first = Train(1);
        Assert.Equal(first, Train(1));
        Assert.NotEqual(first, Train(2));
    }

    [Fact]
    public void The_step_with_the_best_validation_is_kept_not_the_last()
    {
        // Validation labels are turned round: whatever is learnt makes it worse.
        var turned = Textures.People(9, 4, 32).Select(frame => frame with { Origin = Origins.Of(!frame.Generated) }).ToArray();
        var options = new NetworkTrainingOptions { Steps = 60, Pairs = 8, ValidateEvery = 5 };
        var trained = CnnTraining.Learn(Textures.People(0, 16, 32), turned, options, cancellation: TestContext.Current.CancellationToken);
        Assert.True(trained.Best.Step < 60);
        Assert.True(trained.Curve[^1].ValidationAuc < 0.1);
        var rows = new CnnEntry().Measure(trained, turned, TestContext.Current.CancellationToken);
        Assert.Equal(trained.Best.ValidationAuc,
            Auc.Of(Array.ConvertAll(rows, row => row[0]), Array.ConvertAll(turned, frame => frame.Generated)));
    }

    [Fact]
    public void A_missing_class_a_foreign_size_a_bad_weight_and_a_foreign_file_refuse()
    {
        var people = Textures.People(0, 3, 32);
        string Refusal(IReadOnlyList<TrainingFrame> train, IReadOnlyList<TrainingFrame>? validation = null) =>
            Assert.Throws<UserErrorException>(() =>
                CnnTraining.Learn(train, validation ?? [], Short, cancellation: TestContext.Current.CancellationToken)).Message;
        Assert.Contains("both must be above 0", Refusal([.. people.Where(frame => frame.Generated)]), StringComparison.Ordinal);
        Assert.Contains("no generated frame", Refusal(people, [.. people.Where(frame => !frame.Generated)]), StringComparison.Ordinal);
        Assert.Contains("px", Refusal([.. people.Take(1), .. Textures.People(5, 3, 48)]), StringComparison.Ordinal);
        Assert.Contains("weight 0", Refusal([.. people, people[0] with { Weight = 0 }]), StringComparison.Ordinal);
        Assert.Contains("pairs 0", Assert.Throws<UserErrorException>(() => new NetworkTrainingOptions { Pairs = 0 }.Validated()).Message,
            StringComparison.Ordinal);
        var meso = MesoDetectors.Network(new Meso4(), FormulaWeights.Of(inception: false));
        Assert.Contains("forensicheads-mesonet", Assert.Throws<UserErrorException>(() => CnnFamily.FromBytes(meso)).Message,
            StringComparison.Ordinal);
        Assert.Contains("Cannot read", Assert.Throws<UserErrorException>(() => CnnFamily.Open("/nowhere/cnn.onnx")).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Live_tensors_stay_flat_over_a_training()
    {
        var train = Textures.People(0, 3, 32);
        using var classifier = new CnnTraining.Classifier(1);
        long Left(int steps)
        {
            new ClassifierTraining(classifier, Short with { Steps = steps })
                .Learn(train, train, null, TestContext.Current.CancellationToken);
            // Another class may train beside this one: what counts is what this thread leaves behind.
            return DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        }

        // The gradient's own tensor comes with the first step and stays.
        var first = Left(2);
        Assert.Equal(first, Left(6));
    }
}
