using System.Text.Json;

namespace ForensicHeads.Reporting.Tests.Results;

public class ExperimentResultsTests
{
    private static readonly ExperimentResults Results = Sample.Results(Sample.Items());

    [Theory]
    [InlineData("headline", "statement condition level arm")]
    [InlineData("accuracy_per_shot/0",
        "level mode shots arm condition detector n_identities n_videos n_frames accuracy ci_low ci_high tpr tnr auc auc_ci_low "
        + "auc_ci_high eer tpr_at_fpr_1pct cllr cllr_min expected_calibration_error")]
    [InlineData("attackers/0", "level mode shots arm condition detector auc auc_ci_low auc_ci_high")]
    [InlineData("anchors/0", "name arm condition auc ci_low ci_high")]
    [InlineData("cross_shot/0", "train_shots test_shots mode arm auc ci_low ci_high")]
    [InlineData("controls", "label_shuffle metadata_only passthrough background_only")]
    [InlineData("controls/label_shuffle", "auc ci_low ci_high p")]
    [InlineData("controls/metadata_only", "auc ci_low ci_high")]
    [InlineData("generation/0",
        "mode shots arm n_identities ssim psnr identity_similarity identity_model retrieval_top1 nme nme_failures kid fid feature_network")]
    [InlineData("validation/0",
        "fold condition frame_threshold video_threshold reconstruct_auc calibrator_slope calibrator_intercept llr_low llr_high")]
    [InlineData("", "headline accuracy_per_shot anchors cross_shot controls generation split seeds")]
    public void Json_has_the_fields_of_the_contract(string path, string fields)
    {
        using var document = JsonDocument.Parse(CanonicalJson.ToText(Results));
        var element = document.RootElement;
        foreach (var step in path.Split('/', StringSplitOptions.RemoveEmptyEntries))
            element = int.TryParse(step, out var index) ? element[index] : element.GetProperty(step);
        Assert.All(fields.Split(' '), field => Assert.True(element.TryGetProperty(field, out _), $"{path} lacks {field}"));
    }

    [Fact]
    public void Json_reads_back_to_the_same_text()
    {
        var text = CanonicalJson.ToText(Results);
        Assert.Equal(text, CanonicalJson.ToText(JsonSerializer.Deserialize<ExperimentResults>(text, CanonicalJson.Indented)));
    }

    [Fact]
    public void Where_the_outer_anchors_cannot_be_told_apart_the_first_sentence_says_shot_count_did_not_matter()
    {
        ComparisonRow Outer(double low) =>
            new()
            {
                First = "t0",
                Second = "t_all",
                Condition = "clean",
                Level = Level.Frame,
                Difference = 0.1,
                CiLow = low,
                CiHigh = 0.3,
                NIdentities = 12
            };
        Headline Build(double low) =>
            HeadlineBuilder.Build(Results with { Comparisons = [Outer(low)] }, "clean", Level.Frame, Method.Ft, Arm.Epochs);
        Assert.StartsWith("shot count did not matter to this detector.", Build(-0.01).Statement, StringComparison.Ordinal);
        Assert.DoesNotContain("did not matter", Build(0.01).Statement, StringComparison.Ordinal);
        Assert.All(new[] { "condition clean", "frame level", "arm epochs", "n = 12 people", "n = 1 generator)" }, part =>
            Assert.Contains(part, Build(0.01).Statement, StringComparison.Ordinal));
    }

    [Fact]
    public void With_two_arms_the_headline_speaks_of_its_own_and_says_which()
    {
        ComparisonRow Outer(string arm, double low) =>
            new()
            {
                First = "t0",
                Second = $"t_all ({arm})",
                Condition = "clean",
                Level = Level.Frame,
                Difference = 0.1,
                CiLow = low,
                CiHigh = 0.3,
                NIdentities = 12
            };
        AccuracyRow Row(Arm arm, double auc) =>
            new()
            {
                Level = Level.Frame,
                Mode = Method.Ft,
                Shots = 8,
                Arm = arm,
                Condition = "clean",
                Detector = "aware",
                Auc = auc,
                AucCiLow = auc,
                AucCiHigh = auc
            };
        var both = Results
            with
        {
            Comparisons = [Outer("epochs", 0.01), Outer("updates", -0.01)],
            AccuracyPerShot = [Row(Arm.Epochs, 0.61), Row(Arm.Updates, 0.83)]
        };
        var updates = HeadlineBuilder.Build(both, "clean", Level.Frame, Method.Ft, Arm.Updates);
        Assert.StartsWith("shot count did not matter", updates.Statement, StringComparison.Ordinal);
        Assert.Contains("AUC 0.83", updates.Statement, StringComparison.Ordinal);
        Assert.DoesNotContain("0.61", updates.Statement, StringComparison.Ordinal);
        Assert.Equal(Arm.Updates, updates.Arm);
        Assert.StartsWith("shot count can matter", HeadlineBuilder.Build(both, "clean", Level.Frame, Method.Ft, Arm.Epochs).Statement,
            StringComparison.Ordinal);
        Assert.Equal([Arm.Epochs, Arm.Updates], MissedFrom.Of(both.AccuracyPerShot, "clean", Level.Frame).Select(row => row.Arm));
    }

    [Fact]
    public void A_failed_gate_comes_before_everything_else()
    {
        var failed = Results with { Controls = Results.Controls with { Passthrough = ControlResult.Alike(0.58, 0.5, 0.61) } };
        Assert.StartsWith("this experiment is unsound",
            HeadlineBuilder.Build(failed, "clean", Level.Frame, Method.Ft, Arm.Epochs).Statement, StringComparison.Ordinal);
    }

    [Fact]
    public void A_gate_that_could_not_be_measured_does_not_hold()
    {
        var unknown = Results with { Controls = Results.Controls with { Passthrough = ControlResult.Alike(0.5, null, null) } };
        Assert.StartsWith("this experiment is unsound, so no number below counts: the control passthrough",
            HeadlineBuilder.Build(unknown, "clean", Level.Frame, Method.Ft, Arm.Epochs).Statement, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0.45, 0.60, true)]
    [InlineData(0.45, 0.601, false)]
    [InlineData(0.399, 0.55, false)]
    public void Passthrough_is_held_to_the_upper_limit_of_both_sides_of_one_half(double low, double high, bool passed) =>
        Assert.Equal(passed, ControlResult.Alike(0.5, low, high).Passed);

    [Fact]
    public void Missed_from_is_the_smallest_shot_count_whose_upper_limit_is_under_three_quarters()
    {
        AccuracyRow Row(int shots, double high) =>
            new()
            {
                Level = Level.Frame,
                Mode = Method.Ft,
                Shots = shots,
                Arm = Arm.Epochs,
                Condition = "clean",
                Detector = "aware",
                AucCiHigh = high
            };
        Assert.Equal(8, MissedFrom.Of([Row(1, 0.9), Row(8, 0.749), Row(32, 0.6)], "clean", Level.Frame).Single().Shots);
        Assert.Equal("not reached up to 32", MissedFrom.Of([Row(1, 0.9), Row(32, 0.75)], "clean", Level.Frame).Single().Statement);
    }

    [Fact]
    public void Waterfall_goes_from_passthrough_over_all_and_fewer_shots_to_nobodys_face() =>
        Assert.Equal(["passthrough", "reconstruct", "t_all", "ft 32", "ft 8", "ft 1", "t0"], Results.Waterfall.Select(step => step.Name));
}
