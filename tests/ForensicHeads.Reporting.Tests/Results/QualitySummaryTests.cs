using ForensicHeads.Testing;

namespace ForensicHeads.Reporting.Tests.Results;

public class QualitySummaryTests
{
    private static readonly QualityModels Models = new("judge", "finder", "judge features", 0.2);

    // A frame's features lie around its person's place, so that no two frames are alike.
    private static QualityItem Item(string mode, int? shots, int person, int frame, double offset = 0, Arm? arm = null) => new()
    {
        Identity = $"p{person}",
        Driver = $"p{person}-{frame:00}",
        Origin = Origins.Of(mode, shots, arm),
        Ssim = mode == "truth" ? null : 1 - Math.Abs(offset) - (0.01 * person),
        Psnr = mode == "truth" ? null : 30 - (10 * offset),
        IdentitySimilarity = 0.9 - offset,
        Retrieved = offset < 0.3,
        FaceFound = true,
        Nme = 0.04 + (0.1 * offset) + (0.001 * person),
        Features = [(float)(person + offset), (float)Math.Sin((7 * person) + frame), (float)(0.2 * frame)],
    };

    private static IEnumerable<QualityItem> Kind(string mode, int? shots, double offset = 0, int people = 5, int frames = 4,
        Arm? arm = null) =>
        from person in Enumerable.Range(0, people)
        from frame in Enumerable.Range(0, frames)
        select Item(mode, shots, person, frame, offset, arm);

    private static QualityItem[] All() =>
        [.. Kind("truth", null), .. Kind("ft", 8, 0.1, arm: Arm.Updates), .. Kind("ft", 1, 0.2, arm: Arm.Updates), .. Kind("ff", 8, 0.25),
        .. Kind("nearest-shot", 8, 0.4), .. Kind("t0", null, 0.5)];

    private static GenerationRow Row(IReadOnlyList<GenerationRow> rows, string mode, int? shots) =>
        rows.Single(row => row.Mode == Method.Of(mode) && row.Shots == shots);

    [Fact]
    public void Rows_stand_in_the_tables_order_baselines_first_and_the_truth_last() =>
        Assert.Equal(["nearest-shot 8", "ff 8", "ft 1", "ft 8", "t0 ", "truth "],
            new QualitySummary(All(), Models).Rows().Select(row => $"{row.Mode} {row.Shots}"));

    [Fact]
    public void Each_person_counts_once_however_many_frames()
    {
        // Person 0 has four frames of SSIM 0.9, person 1 one frame of 0.5.
        QualityItem[] items =
            [.. Enumerable.Range(0, 4).Select(frame => Item("ft", 1, 0, frame) with { Ssim = 0.9 }),
            Item("ft", 1, 1, 0) with { Ssim = 0.5 }];
        var row = Assert.Single(new QualitySummary(items, Models).Rows());
        Assert.Equal(0.7, row.Ssim!.Value, 1e-12);
        Assert.Equal((2, 5), (row.NIdentities, row.NFrames));
        Assert.Equal(0.7 - (Quantiles.StudentT(1) * 0.2), row.SsimCiLow!.Value, 1e-9);
    }

    [Fact]
    public void A_failure_is_counted_and_left_out_of_the_mean_of_found_faces_and_makes_the_comparison_worse()
    {
        var items = All();
        var before = new QualitySummary(items, Models);
        var failed = items.Select(item => item is { Mode.Mode: Mode.Ft, Shots: 8, Identity: "p4", Driver: "p4-00" }
            ? item with { FaceFound = false, Nme = null } : item).ToArray();
        var after = new QualitySummary(failed, Models);
        var (was, now) = (Row(before.Rows(), "ft", 8), Row(after.Rows(), "ft", 8));
        Assert.Equal((0, 1), (was.NmeFailures, now.NmeFailures));
        Assert.Equal(was.Nme!.Value, was.NmeWorst!.Value, 1e-12);
        // The mean over found faces stays (all of p4's frames are alike); one of four frames of one of five people now counts 1.
        Assert.Equal(was.Nme!.Value, now.Nme!.Value, 1e-12);
        Assert.Equal(was.NmeWorst!.Value + ((1 - 0.054) / 20), now.NmeWorst!.Value, 1e-9);
        ComparisonRow Nme(QualitySummary summary) =>
            summary.Comparisons(1).Single(row => row is { First: "ft 8", Second: "nearest-shot 8", Quantity: "nme" });
        Assert.True(Nme(after).Difference > Nme(before).Difference);
        Assert.True(Nme(after).Ratio > Nme(before).Ratio);
    }

    [Fact]
    public void A_kind_whose_every_face_was_missed_has_no_error_but_the_worst()
    {
        var row =
            Row(new QualitySummary([.. Kind("ft", 1).Select(item => item with { FaceFound = false, Nme = null })], Models).Rows(), "ft", 1);
        Assert.Null(row.Nme);
        Assert.Equal((20, 1.0), (row.NmeFailures, row.NmeWorst));
        var unmeasured =
            Row(new QualitySummary([.. Kind("ft", 1).Select(item => item with { FaceFound = null, Nme = null })], Models).Rows(), "ft", 1);
        Assert.Equal((null, null, null), (unmeasured.NmeFailures, unmeasured.NmeWorst, unmeasured.NmeModel));
    }

    [Fact]
    public void Kid_is_taken_over_the_same_frames_for_every_method_and_shot_count()
    {
        // Person 4 has no frames at T = 8, and frame 3 of person 0 is missing at T = 1: nobody's distance may use them.
        var items = All().Where(item => !(item is { Mode.Mode: Mode.Ft, Shots: 8, Identity: "p4" })
            && !(item is { Mode.Mode: Mode.Ft, Shots: 1, Driver: "p0-03" })).ToArray();
        var rows = new QualitySummary(items, Models).Rows();
        Assert.All(rows.Where(row => row.Mode != Method.Of("truth")), row => Assert.Equal(15, row.KidFrames));
        var reduced = new QualitySummary([.. All().Where(item => item.Identity != "p4" && item.Driver != "p0-03")], Models).Rows();
        foreach (var row in rows.Where(row => row.Mode != Method.Of("truth"))) Assert.Equal(
            Row(reduced, row.Mode.ToString(), row.Shots).Kid, row.Kid);
        Assert.NotEqual(Row(new QualitySummary(All(), Models).Rows(), "ff", 8).Kid, Row(rows, "ff", 8).Kid);
        // An anchor without one of the frames has no distance; it does not lower n for the others.
        var hole = new QualitySummary([.. All().Where(item => !(item is { Origin.Generator: "t0", Driver: "p1-02" }))], Models).Rows();
        Assert.Null(Row(hole, "t0", null).Kid);
        Assert.Equal(20, Row(hole, "ff", 8).KidFrames);
    }

    [Fact]
    public void Further_draws_of_the_shots_do_not_change_n()
    {
        var more = All().Concat(Kind("ft", 8, 0.3, arm: Arm.Updates).Select(item => item with { Origin = item.Origin with { Draw = 1 } }))
            .ToArray();
        Assert.Equal(Row(new QualitySummary(All(), Models).Rows(), "ft", 8).Kid, Row(new QualitySummary(more, Models).Rows(), "ft", 8).Kid);
        Assert.Equal(40, Row(new QualitySummary(more, Models).Rows(), "ft", 8).NFrames);
    }

    [Fact]
    public void Frames_equal_to_the_truth_reach_its_ceiling_and_a_kid_of_about_zero()
    {
        var truth = Kind("truth", null).ToArray();
        QualityItem[] items =
            [.. truth, .. truth.Select(item => item with { Origin = Origins.Of("ft", 1), Ssim = 1 }), .. Kind("ff", 1, 0.5)];
        var rows = new QualitySummary(items, Models).Rows();
        var (same, other, ceiling) = (Row(rows, "ft", 1), Row(rows, "ff", 1), Row(rows, "truth", null));
        Assert.Equal((1, ceiling.RetrievalTop1, ceiling.IdentitySimilarity, ceiling.Nme),
            (same.Ssim, same.RetrievalTop1, same.IdentitySimilarity, same.Nme));
        Assert.Equal(0, same.Fid!.Value, 1e-6);
        Assert.True(same.Kid <= 0, $"{same.Kid}");
        Assert.True(same.Kid < other.Kid);
        Assert.True(other.RetrievalTop1 < ceiling.RetrievalTop1);
        Assert.Equal((null, null), (ceiling.Kid, ceiling.FeatureNetwork));
    }

    [Fact]
    public void Comparisons_are_paired_over_the_people_who_have_both_and_adjusted_within_a_quantity()
    {
        var rows = new QualitySummary([.. All().Where(item => !(item is { Mode.Mode: Mode.Ft, Shots: 1, Identity: "p2" }))], Models)
            .Comparisons(1);
        Assert.Equal(["ft 8|nearest-shot 8", "ft 8|ff 8", "ft 8|ft 1"],
            rows.Where(row => row.Quantity == "ssim").Select(row => $"{row.First}|{row.Second}"));
        var between = rows.Single(row => row is { Quantity: "ssim", Second: "ft 1" });
        Assert.Equal(4, between.NIdentities);
        Assert.Equal(0.1, between.Difference!.Value, 1e-12);
        Assert.Equal(2.0 / 16, between.P!.Value, 1e-12);
        Assert.Equal(["ssim", "psnr", "nme", "identity_similarity", "kid", "fid"], rows.Select(row => row.Quantity).Distinct());
        foreach (var family in rows.Where(row => row.Quantity is not ("kid" or "fid")).GroupBy(row => row.Quantity))
            Assert.Equal(Holm.Adjust([.. family.Select(row => row.P)]), family.Select(row => row.PHolm));
        Assert.All(rows, row => Assert.Equal(row.Quantity == "nme", row.Ratio is not null));
        Assert.All(rows.Where(row => row.Quantity is "kid" or "fid"), row =>
        {
            Assert.Null(row.P);
            Assert.InRange(row.Difference!.Value, row.CiLow!.Value, row.CiHigh!.Value);
        });
    }

    [Fact]
    public void Two_arms_are_compared_each_with_its_own_and_say_which_they_are()
    {
        QualityItem[] items = [.. All(), .. Kind("ft", 8, 0.15, arm: Arm.Epochs), .. Kind("ft", 1, 0.3, arm: Arm.Epochs)];
        var names = new QualitySummary(items, Models).Comparisons(1).Where(row => row.Quantity == "ssim")
            .Select(row => $"{row.First}|{row.Second}").ToArray();
        Assert.Equal(["ft 8 (epochs)|nearest-shot 8", "ft 8 (epochs)|ff 8", "ft 8 (updates)|nearest-shot 8", "ft 8 (updates)|ff 8",
            "ft 8 (epochs)|ft 1 (epochs)", "ft 8 (updates)|ft 1 (updates)"], names);
    }

    [Fact]
    public void The_file_of_each_persons_values_is_read_as_it_was_written_and_an_older_one_lacks_what_came_later()
    {
        var table = new QualitySummary(All(), Models).PeopleTable();
        var people = QualitySummary.ReadPeople(FigureTable.Parse("quality", table.ToCsv()));
        Assert.Equal(6, people.Count);
        var person = people[new QualityKind(Method.Ft, 8, Arm.Updates)][3];
        var row = Enumerable.Range(0, table.Rows.Count)
            .Single(i => table.Text(i, "mode") == "ft" && table.Text(i, "shots") == "8" && table.Text(i, "identity") == "p3");
        Assert.Equal((4, table.Number(row, "ssim"), 4, 4, table.Number(row, "kid_without"), table.Number(row, "fid_without")),
            (person.Frames, person.Ssim, person.Retrieved, person.Queried, person.KidWithout, person.FidWithout));
        Assert.NotNull(person.FidWithout);
        FigureTable older = new("quality", [.. table.Columns.Take(14)], [.. table.Rows.Select(cells => cells.Take(14).ToArray())]);
        Assert.All(QualitySummary.ReadPeople(older).Values.SelectMany(kind => kind), one => Assert.Null(one.FidWithout));
        string Fault(string csv) =>
            Assert.Throws<UserErrorException>(() => QualitySummary.ReadPeople(FigureTable.Parse("quality", csv))).Message;
        Assert.Contains("no column", Fault("mode,shots\nft,1\n"), StringComparison.Ordinal);
        var again = table.ToCsv().Split('\n').First(line => line.StartsWith("t0,", StringComparison.Ordinal));
        Assert.Contains("a person twice among t0", Fault($"{table.ToCsv()}{again}\n"), StringComparison.Ordinal);
        Assert.Contains("not finite", Fault(table.ToCsv().Replace("p3,4,", "p3,NaN,", StringComparison.Ordinal)), StringComparison.Ordinal);
    }

    [Fact]
    public void The_values_of_each_person_give_the_means_again()
    {
        var summary = new QualitySummary(All(), Models);
        var table = summary.PeopleTable();
        Assert.Equal(30, table.Rows.Count);
        foreach (var row in summary.Rows())
        {
            var own = Enumerable.Range(0, table.Rows.Count)
                .Where(i => table.Text(i, "mode") == row.Mode.ToString() && table.Number(i, "shots") == row.Shots
                && table.Text(i, "arm") == row.Arm.Text()).ToArray();
            double? Mean(string column) => own.Average(i => table.Number(i, column));
            Assert.Equal((row.Ssim, row.IdentitySimilarity, row.NmeWorst), (Mean("ssim"), Mean("identity_similarity"), Mean("nme_worst")));
            Assert.Equal(row.RetrievalTop1, own.Sum(i => table.Number(i, "retrieved")) / own.Sum(i => table.Number(i, "queried")));
            var fid = new PersonJackknife(row.Fid, [.. own.Select(i => table.Number(i, "fid_without"))]).Interval();
            Assert.Equal((row.FidCiLow, row.FidCiHigh), (fid.Low, fid.High));
        }
    }
}
