namespace ForensicHeads.Datasets.Tests.Layouts;

public sealed class DatasetLayoutsTests : IDisposable
{
    private readonly LayoutTree tree = new();

    public void Dispose() => tree.Dispose();

    [Fact]
    public void A_manifest_is_recognised_before_all_and_so_are_folders_of_people()
    {
        tree.Put("ann/a.mp4", "bob/b.mp4");
        Assert.Equal(("folder", "<identity>/<video> for all 2 files"), Recognised());
        tree.Put("Actor_01/01-01-06-01-02-01-01.mp4");
        Assert.Equal(("ravdess", "Actor_01/01-01-06-01-02-01-01.mp4"), Recognised());
        tree.Text("manifest.csv", "file,identity\nann/a.mp4,x\n");
        Assert.Equal(("folder", "manifest.csv"), Recognised());
    }

    [Theory]
    [InlineData("df/a.mp4", "real/b.mp4")]
    [InlineData("real_train/a.mp4", "fake_train/b.mp4")]
    [InlineData("a/b/c/d.mp4", "readme.txt")]
    [InlineData("a.mp4", "b.mp4")]
    [InlineData("notes.txt", "more/notes.txt")]
    public void What_no_layout_knows_is_refused_with_what_was_seen(string one, string other)
    {
        tree.Put(one, other);
        var error = Assert.Throws<UserErrorException>(() => DatasetLayouts.Read(tree.Root, DatasetLayouts.Auto));
        Assert.StartsWith($"{tree.Root} is not recognised: it holds ", error.Message, StringComparison.Ordinal);
        Assert.Contains("Name the layout with --layout (folder, voxceleb1, ", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }

    [Fact]
    public void Two_data_sets_side_by_side_are_named_and_none_is_chosen()
    {
        tree.Put("A/original_sequences/youtube/c23/videos/000.mp4", "B/Celeb-real/id0_0000.mp4");
        Assert.StartsWith($"{tree.Root} fits 2 layouts: ffpp, by A/original_sequences/youtube/c23/videos/000.mp4; celebdf, by ",
            Assert.Throws<UserErrorException>(() => Recognised()).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("dfdc")]
    [InlineData("voxceleb1")]
    [InlineData("fakeavceleb")]
    [InlineData("webdataset")]
    public void A_layout_that_does_not_fit_is_refused_and_the_one_that_does_is_named(string layout)
    {
        tree.Put("Celeb-real/id0_0000.mp4", "Celeb-synthesis/id0_id1_0000.mp4");
        var error = Assert.Throws<UserErrorException>(() => DatasetLayouts.Read(tree.Root, layout));
        Assert.Equal(2, error.ExitCode);
        Assert.Contains($"does not fit the layout {layout} ", error.Message, StringComparison.Ordinal);
        Assert.Contains("It looks like celebdf, by Celeb-real/id0_0000.mp4.", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }

    [Fact]
    public void Reading_a_known_set_as_folders_of_people_is_warned_of_since_its_fakes_would_be_real()
    {
        tree.Put("Celeb-real/id0_0000.mp4", "Celeb-synthesis/id0_id1_0000.mp4");
        Assert.Equal(["Read as folder. It looks like celebdf, by Celeb-real/id0_0000.mp4."],
            DatasetLayouts.Read(tree.Root, "folder").Notes);
    }

    [Fact]
    public void A_set_that_is_known_but_holds_no_pictures_says_so()
    {
        tree.Text("wav/id10001/1zcIwhmdeo4/00001.wav", "x");
        Assert.Equal($"{tree.Root} is voxceleb1, by wav/id10001/1zcIwhmdeo4/00001.wav, but holds nothing to read; 1 × a sound without "
            + "pictures.", Assert.Throws<UserErrorException>(() => Recognised()).Message);
    }

    [Fact]
    public void A_summary_counts_what_an_ingest_would_read()
    {
        tree.Put("Celeb-DF-v2/Celeb-real/id0_0000.mp4", "Celeb-DF-v2/Celeb-synthesis/id0_id1_0000.mp4", "Celeb-DF-v2/Celeb-real/odd.mp4")
            .Text("Celeb-DF-v2/List_of_testing_videos.txt", "1 Celeb-real/id7_0000.mp4\n1 Celeb-real/id0_0000.mp4\n");
        var summary = DatasetSummary.Of(tree.Read("celebdf"));
        Assert.Equal((2, 2, 0, 3), (summary.Files, summary.People, summary.MayGenerate, summary.ExitCode));
        Assert.Equal(["generated 1", "real 1"], summary.Labels.Select(one => $"{one.Key} {one.Value}"));
        Assert.Equal(["Celeb-DF 1"], summary.Generators.Select(one => $"{one.Key} {one.Value}"));
        Assert.Equal(["test 1", "train 1"], summary.Splits.Select(one => $"{one.Key} {one.Value}"));
        Assert.Equal(["not understood by the layout celebdf 1"], summary.LeftOut.Select(one => $"{one.Key} {one.Value}"));
        Assert.Contains(summary.Counts, count => count is { What: "Celeb-DF-v2 Celeb-real videos", Expected: 590, Found: 2, Missing: 588 });
    }

    [Fact]
    public void A_link_that_leads_out_of_the_set_is_refused_and_one_inside_is_followed()
    {
        using var elsewhere = new TestFolder();
        tree.Put("Celeb-real/id0_0000.mp4");
        File.CreateSymbolicLink(tree["Celeb-real/id1_0000.mp4"], tree["Celeb-real/id0_0000.mp4"]);
        File.CreateSymbolicLink(tree["Celeb-real/id2_0000.mp4"], elsewhere.Write("x.mp4", "x"));
        File.CreateSymbolicLink(tree["Celeb-real/id3_0000.mp4"], elsewhere["gone"]);
        var listing = tree.Read("celebdf");
        Assert.Equal(["id0", "id1"], listing.Inputs.Select(input => input.Identity));
        Assert.Equal("Celeb-real/id2_0000.mp4", Assert.Single(listing.Rejected).File);
        Assert.Contains(new LeftOutFile("Celeb-real/id3_0000.mp4", "a link that leads to nothing"), listing.LeftOut);
    }

    private (string, string) Recognised()
    {
        var listing = DatasetLayouts.Read(tree.Root, DatasetLayouts.Auto);
        return (listing.Layout, listing.RecognisedBy!);
    }
}
