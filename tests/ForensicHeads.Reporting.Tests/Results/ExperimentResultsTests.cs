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
        "fold condition frame_threshold video_threshold subject_auc calibrator_slope calibrator_intercept llr_low llr_high")]
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
    public void Detectors_of_an_older_file_are_called_as_they_are_today()
    {
        using var folder = new TestFolder();
        var today = CanonicalJson.ToText(Sample.Results(Sample.Items()));
        var older = today.Replace("\"artefact-unaware", "\"unaware", StringComparison.Ordinal)
            .Replace("\"artefact", "\"aware", StringComparison.Ordinal);
        Assert.NotEqual(today, older);
        Directory.CreateDirectory(folder["old"]);
        File.WriteAllText(Path.Combine(folder["old"], ExperimentResults.FileName), older);
        Assert.Equal(today, CanonicalJson.ToText(ExperimentResults.Read(folder["old"])));
    }

    [Fact]
    public void Json_reads_back_to_the_same_text()
    {
        var text = CanonicalJson.ToText(Results);
        Assert.Equal(text, CanonicalJson.ToText(JsonSerializer.Deserialize<ExperimentResults>(text, CanonicalJson.Indented)));
    }

    [Theory]
    [InlineData(0.02, 0.2, "more shots make it harder for the detector 'artefact': AUC falls by 0.11 [0.02, 0.20] from T = 1 to 32 (it ")]
    [InlineData(-0.2, -0.02, "more shots make it easier for the detector 'artefact': AUC rises by 0.11 [0.02, 0.20] from T = 1 to 32 (")]
    [InlineData(-0.03, 0.04, "shot count does not matter to the detector 'artefact': the difference is smaller than 0.05 "
        + "(+0.01 [−0.03, +0.04]")]
    [InlineData(-0.18, 0.18, "this experiment cannot tell whether shot count matters to the detector 'artefact': it could have shown a "
        + "difference of 0.13 (80 % power), and saw 0.00 [−0.18, +0.18].")]
    public void The_first_sentence_is_one_of_four_and_says_what_could_have_been_shown(double low, double high, string sentence)
    {
        var difference = new Estimate((low + high) / 2, low, high, 12);
        var built = HeadlineBuilder.Build(Results with
        {
            Contrasts = [Answer("artefact", difference), Answer("artefact-unaware", difference) with { Primary = false }],
        }, "clean", Level.Frame, Method.Ft, Arm.Epochs);
        Assert.StartsWith(sentence, built.Statement, StringComparison.Ordinal);
        Assert.DoesNotContain("'artefact-unaware'", built.Statement, StringComparison.Ordinal);
        Assert.All(new[] { "0.13", "condition clean", "frame level", "arm epochs", "n = 1 generator)" }, part =>
            Assert.Contains(part, built.Statement, StringComparison.Ordinal));
        Assert.StartsWith("whether shot count matters is unknown", HeadlineBuilder.Build(Results with { Contrasts = [] }, "clean",
            Level.Frame, Method.Ft, Arm.Epochs).Statement, StringComparison.Ordinal);
    }

    [Fact]
    public void Contrasts_are_paired_by_mode_and_arm_and_the_headlines_are_adjusted_together()
    {
        var items = Sample.Items();
        ScoredItem[] all = [.. items, .. items.Select(item => item with { Detector = "artefact-unaware", Score = 0.5 * item.Score })];
        var rows = ContrastRow.Of(all, Level.Frame, "h264-crf23", Arm.Epochs, 0.05, 1);
        Assert.Equal(["h264-crf23 artefact ff", "h264-crf23 artefact ft", "h264-crf23 artefact-unaware ff",
            "h264-crf23 artefact-unaware ft", "clean artefact ff", "clean artefact ft", "clean artefact-unaware ff",
            "clean artefact-unaware ft"], rows.Select(row => $"{row.Condition} {row.Detector} {row.Mode}"));
        var primary = Assert.Single(rows, row => row.Primary);
        Assert.Equal(("artefact", Method.Ft, "h264-crf23", 1, 32, 12), (primary.Detector, primary.Mode, primary.Condition,
            primary.FewestShots, primary.MostShots, primary.NIdentities));
        ClusteredScore[] Side(int shots) => [.. items.Where(item => item.Condition == "h264-crf23"
            && (!item.Generated || (item.Mode == Method.Ft && item.Shots == shots))).Select(item => item.Clustered)];
        var paired = ClusteredAuc.Difference(Side(1), Side(32), 1);
        Assert.Equal((paired.Difference.Value, paired.Difference.Low, paired.P, paired.P),
            (primary.Difference, primary.CiLow, primary.P, primary.PHolm));
        // t(11): 2.2010 for the test, 0.8755 for the power.
        Assert.Equal(3.0765 * paired.StandardError!.Value, primary.SmallestShown!.Value, 1e-4);
        Assert.True(primary.Trend < 0, "more shots are harder here");
    }

    private static ContrastRow Answer(string detector, Estimate difference) => new()
    {
        Detector = detector,
        Mode = Method.Ft,
        Arm = Arm.Epochs,
        Condition = "clean",
        Level = Level.Frame,
        Primary = true,
        FewestShots = 1,
        MostShots = 32,
        Difference = difference.Value,
        CiLow = difference.Low,
        CiHigh = difference.High,
        SmallestShown = 0.13,
        Margin = 0.05,
        Answer = Contrast.Of(difference, 0.05),
        NIdentities = 12,
    };

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
                Detector = "artefact",
                AucCiHigh = high
            };
        Assert.Equal(8, MissedFrom.Of([Row(1, 0.9), Row(8, 0.749), Row(32, 0.6)], "clean", Level.Frame).Single().Shots);
        Assert.Equal("not reached up to 32", MissedFrom.Of([Row(1, 0.9), Row(32, 0.75)], "clean", Level.Frame).Single().Statement);
    }

    [Fact]
    public void Waterfall_goes_from_passthrough_over_all_and_fewer_shots_to_nobodys_face() =>
        Assert.Equal(["passthrough", "reconstruct", "t_all", "ft 32", "ft 8", "ft 1", "t0"], Results.Waterfall.Select(step => step.Name));
}
