namespace ForensicHeads.Datasets.Tests.Layouts;

public sealed class FolderLayoutTests : IDisposable
{
    private readonly TestFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_manifest_names_files_at_any_depth_and_unknown_columns_are_ignored()
    {
        Put("deep/er/a.mp4");
        Put("b.png");
        Put("unlisted.txt");
        Manifest("file,identity,label,generator,licence,may_generate,group,mood",
            "deep/er/a.mp4,ann,real,,\"CC BY 4.0, as seen\",yes,g1,glad", "b.png,bob,generated,SomeNet,,no,,");
        var listing = List("stated by hand");
        Assert.Equal(["deep/er/a.mp4", "b.png"], listing.Inputs.Select(i => i.File));
        Assert.Equal(("bob", Label.Generated, "SomeNet", "stated by hand", false),
            (listing.Inputs[1].Identity, listing.Inputs[1].Origin.Label, listing.Inputs[1].Origin.Generator, listing.Inputs[1].Licence,
            listing.Inputs[1].MayGenerate));
        Assert.Equal(("ann", "CC BY 4.0, as seen", true, "g1", "deep-er-a"),
            (listing.Inputs[0].Identity, listing.Inputs[0].Licence, listing.Inputs[0].MayGenerate, listing.Inputs[0].Group,
            new VideoNames(listing)["deep/er/a.mp4"]));
        Assert.Equal([new LeftOutFile("unlisted.txt", "in no row of manifest.csv")], listing.LeftOut);
        Assert.Empty(listing.Rejected);
    }

    [Fact]
    public void Without_a_manifest_the_folder_is_the_identity()
    {
        Put("ann/one.mp4");
        Put("ann/two.mp4");
        Put("bob/one.mp4");
        Put("stray.mp4");
        Put("ann/.DS_Store");
        Put(".git/a/1");
        Put(".git/a/2");
        Put("ann/more/three.mp4");
        Put("bob/back\\slash.mp4");
        Directory.CreateSymbolicLink(folder["cat"], folder["bob"]);
        var listing = List();
        var names = new VideoNames(listing);
        Assert.Equal([("ann", "ann-one"), ("ann", "ann-two"), ("bob", "bob-back-slash"), ("bob", "bob-one")],
            listing.Inputs.Select(i => (i.Identity, names[i.File])));
        Assert.Equal(
        [
            new(".git/", "hidden"),
            new("ann/.DS_Store", "hidden"),
            new("ann/more/three.mp4", "in a folder below a person's folder (expected is <identity>/<video>)"),
            new("cat", "a link to a folder, which is not followed"),
            new LeftOutFile("stray.mp4", "in no person's folder (expected is <identity>/<video>)"),
        ], listing.LeftOut);
        Assert.Equal("2 files of HOME left out, hidden: .git/, ann/.DS_Store", LeftOutFile.Lines("HOME", listing.LeftOut).First());
    }

    [Fact]
    public void Paths_that_lead_out_of_the_root_are_refused()
    {
        var root = folder["root"];
        Put("root/inside.mp4");
        Put("root-x/sibling.mp4");
        Put("outside.mp4");
        File.CreateSymbolicLink(Path.Combine(root, "link.mp4"), folder["outside.mp4"]);
        Directory.CreateSymbolicLink(Path.Combine(root, "links"), folder["root-x"]);
        File.CreateSymbolicLink(Path.Combine(root, "good.mp4"), Path.Combine(root, "inside.mp4"));
        string[] rows =
            ["../outside.mp4", "../root-x/sibling.mp4", folder["outside.mp4"], "link.mp4", "links/sibling.mp4", "none.mp4", "good.mp4"];
        File.WriteAllLines(Path.Combine(root, "manifest.csv"), ["file,identity", .. rows.Select(r => r + ",ann")]);
        var listing = new FolderLayout().List(root, null);
        Assert.Equal(["good.mp4"], listing.Inputs.Select(i => i.File));
        Assert.Equal(
        [
            "manifest line 2: the path holds '..'; paths stay below the manifest's folder",
            "manifest line 3: the path holds '..'; paths stay below the manifest's folder",
            "manifest line 4: the path is absolute; paths are relative to the manifest's folder",
            "manifest line 5: the path leads out of the manifest's folder through a symbolic link",
            "manifest line 6: the path leads out of the manifest's folder through a symbolic link",
            "manifest line 7: there is no such file",
        ], listing.Rejected.Select(r => r.Reason));
    }

    [Theory]
    [InlineData("/videos/all", "/videos/all/a", true)]
    [InlineData("/videos/all", "/videos/all-x/a", false)]
    [InlineData("/videos/all", "/videos/all", false)]
    [InlineData("/", "/videos", true)]
    public void A_sibling_with_the_same_prefix_is_not_inside(string root, string path, bool inside) =>
        Assert.Equal(inside, RootedPath.IsInside(root, path));

    [Theory]
    [InlineData(",real,yes", "the identity is empty")]
    [InlineData("ann,maybe,yes", "the label 'maybe' is neither real, fake nor generated")]
    [InlineData("ann,real,YES", "may_generate is 'YES'; allowed are yes and no")]
    public void A_row_that_cannot_be_understood_is_listed_with_its_line(string cells, string reason)
    {
        Put("a.mp4");
        Manifest("file,identity,label,may_generate", "a.mp4," + cells);
        Assert.Equal("manifest line 2: " + reason, Assert.Single(List().Rejected).Reason);
    }

    [Theory]
    [InlineData("real,SomeNet,,,,,", "generator is 'SomeNet', but the label is real; only a row that says fake has a generator")]
    [InlineData(",SomeNet,,,,,", "generator is 'SomeNet', but the label is empty; only a row that says fake has a generator")]
    [InlineData(",,,8,,,", "shots is '8', but the label is empty; only a row that says fake has a shots")]
    [InlineData("fake,SomeNet,tuned,,,,", "mode is 'tuned'; allowed are ff and ft")]
    [InlineData("fake,SomeNet,ff,0,,,", "shots is '0'; allowed are whole numbers from 1")]
    [InlineData("fake,SomeNet,ff,1.5,,,", "shots is '1.5'; allowed are whole numbers from 1")]
    [InlineData("fake,SomeNet,ff,1,-1,,", "draw is '-1'; allowed are whole numbers from 0")]
    [InlineData("fake,SomeNet,ff,1,0,d/e.mp4,", "the driver 'd/e.mp4' is neither a file of this manifest nor a person")]
    [InlineData("fake,SomeNet,ff,1,0,stray.mp4,", "the driver 'stray.mp4' is neither a file of this manifest nor a person")]
    [InlineData("fake,SomeNet,ff,1,0,,a.mp4;c.mp4", "the reference 'c.mp4' is no file of this manifest; put ';' between several")]
    public void What_a_row_says_of_a_fake_must_hold_together(string cells, string reason)
    {
        Put("a.mp4");
        Put("stray.mp4");
        Manifest("file,identity,label,generator,mode,shots,draw,driver,reference", "a.mp4,ann," + cells);
        Assert.Equal("manifest line 2: " + reason, Assert.Single(List().Rejected).Reason);
    }

    [Theory]
    [InlineData("middle")]
    [InlineData("10 20 30 at 1")]
    [InlineData("10 20 0 30 at 1")]
    [InlineData("10 20 30 30 at -1")]
    [InlineData("10 20 nan 30 at 1")]
    [InlineData("1e3 20 30 30 at 1")]
    public void A_face_that_cannot_be_found_by_its_words_is_refused(string face)
    {
        Put("a.mp4");
        Manifest("file,identity,face", "a.mp4,ann," + face);
        Assert.Equal($"manifest line 2: face is '{face}'; allowed are {FaceChoice.Forms}", Assert.Single(List().Rejected).Reason);
    }

    [Fact]
    public void A_row_may_say_how_a_fake_was_made()
    {
        foreach (var file in new[] { "a.mp4", "shot.png", "f.mp4", "g.mp4" }) Put(file);
        Manifest("file,identity,label,generator,mode,shots,draw,driver,reference,split,collection",
            "a.mp4,ann,real,,,,,,,train,web/repo", "shot.png,ann,,,,,,,,,", "f.mp4,ann,fake,SomeNet,ft,8,2,a.mp4,shot.png; a.mp4,test,",
            "g.mp4,ann,generated,,,,,Zoë,,,");
        var inputs = List().Inputs;
        Assert.Equal(new FrameOrigin { Label = Label.Generated, Generator = "SomeNet", Mode = Mode.Ft, Shots = 8, Draw = 2 },
            inputs[2].Origin);
        Assert.Equal(("a.mp4", "test", "Zoë", "train"),
            (inputs[2].Driver, inputs[2].OfficialSplit, inputs[3].Driver, inputs[0].OfficialSplit));
        Assert.Equal(("web/repo", null), (inputs[0].Collection, inputs[2].Collection));
        Assert.Equal(["shot.png", "a.mp4"], inputs[2].Reference);
        Assert.True(inputs[1].Origin.IsReal);
    }

    [Theory]
    [InlineData("Label", "label")]
    [InlineData("labels", "label")]
    [InlineData(" generator", "generator")]
    [InlineData("May-Generate", "may_generate")]
    [InlineData("Licence", "licence")]
    public void A_column_that_nearly_has_a_known_name_is_refused(string column, string meant)
    {
        Put("a.mp4");
        Manifest("file,identity," + column, "a.mp4,ann,x");
        Assert.Equal($"{folder["manifest.csv"]} has a column '{column}', which would be passed over; call it '{meant}', or give it a name "
            + "of its own.", Assert.Throws<UserErrorException>(() => List()).Message);
    }

    [Theory]
    [InlineData("Manifest.csv")]
    [InlineData("MANIFEST.CSV")]
    [InlineData("manifest.csv.txt")]
    [InlineData("manifest (1).csv")]
    public void A_file_that_may_be_meant_as_the_manifest_is_refused(string file)
    {
        Put("ann/a.mp4");
        Put(file);
        Assert.Contains("may be meant as the manifest", Assert.Throws<UserErrorException>(() => List()).Message, StringComparison.Ordinal);
        Manifest("file,identity", "ann/a.mp4,ann");
        Assert.Equal([new LeftOutFile(file, "in no row of manifest.csv")], List().LeftOut);
    }

    [Fact]
    public void Names_stay_apart_where_paths_come_to_the_same_one()
    {
        Put("ann/a b.mp4");
        Put("ann/a-b.mp4");
        Put($"ann/{new string('x', 120)}.mp4");
        var listing = List();
        var names = listing.Inputs.Select(input => new VideoNames(listing)[input.File]).ToArray();
        Assert.Equal(3, names.Distinct().Count());
        Assert.All(names, name => Assert.Matches("^[A-Za-z0-9_-]{1,80}$", name));
    }

    [Fact]
    public void An_empty_folder_and_a_missing_one_are_errors()
    {
        Assert.Contains("holds no videos or photos", Assert.Throws<UserErrorException>(() => List()).Message,
            StringComparison.Ordinal);
        Assert.Equal(2, Assert.Throws<UserErrorException>(() => new FolderLayout().List(folder["none"], null)).ExitCode);
    }

    private DatasetListing List(string? licence = null) => new FolderLayout().List(folder.Path, licence);

    private void Put(string file)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(folder[file])!);
        File.WriteAllText(folder[file], "x");
    }

    private void Manifest(params string[] lines) => File.WriteAllLines(folder["manifest.csv"], lines);
}
