namespace ForensicHeads.Datasets.Tests.Ingest;

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
        var listing = FolderLayout.List(folder.Path, "stated by hand");
        Assert.Equal(["b.png", "deep/er/a.mp4"], listing.Inputs.Select(i => i.File));
        Assert.Equal(("bob", Label.Generated, "SomeNet", "stated by hand", false),
            (listing.Inputs[0].Identity, listing.Inputs[0].Origin.Label, listing.Inputs[0].Origin.Generator, listing.Inputs[0].Licence,
            listing.Inputs[0].MayGenerate));
        Assert.Equal(("ann", "CC BY 4.0, as seen", true, "g1", "deep-er-a"),
            (listing.Inputs[1].Identity, listing.Inputs[1].Licence, listing.Inputs[1].MayGenerate, listing.Inputs[1].Group,
            listing.Inputs[1].Video));
        Assert.Equal(1, listing.Unlisted);
        Assert.Empty(listing.Rejected);
    }

    [Fact]
    public void Without_a_manifest_the_folder_is_the_identity()
    {
        Put("ann/one.mp4");
        Put("ann/two.mp4");
        Put("bob/one.mp4");
        Put("stray.mp4");
        var listing = FolderLayout.List(folder.Path);
        Assert.Equal([("ann", "ann-one"), ("ann", "ann-two"), ("bob", "bob-one")], listing.Inputs.Select(i => (i.Identity, i.Video)));
        Assert.Equal(1, listing.Unlisted);
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
        var listing = FolderLayout.List(root);
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
        Assert.Equal("manifest line 2: " + reason, Assert.Single(FolderLayout.List(folder.Path).Rejected).Reason);
    }

    [Fact]
    public void Names_stay_apart_where_paths_come_to_the_same_one()
    {
        Put("ann/a b.mp4");
        Put("ann/a-b.mp4");
        Put($"ann/{new string('x', 120)}.mp4");
        var names = FolderLayout.List(folder.Path).Inputs.Select(i => i.Video).ToArray();
        Assert.Equal(3, names.Distinct().Count());
        Assert.All(names, name => Assert.Matches("^[A-Za-z0-9_-]{1,80}$", name));
    }

    [Fact]
    public void An_empty_folder_and_a_missing_one_are_errors()
    {
        Assert.Contains("holds no videos or photos", Assert.Throws<UserErrorException>(() => FolderLayout.List(folder.Path)).Message,
            StringComparison.Ordinal);
        Assert.Equal(2, Assert.Throws<UserErrorException>(() => FolderLayout.List(folder["none"])).ExitCode);
    }

    private void Put(string file)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(folder[file])!);
        File.WriteAllText(folder[file], "x");
    }

    private void Manifest(params string[] lines) => File.WriteAllLines(folder["manifest.csv"], lines);
}
