namespace ForensicHeads.Datasets.Tests.Layouts;

public sealed class FfppLayoutTests : IDisposable
{
    private const string Real = "original_sequences/youtube/c23/videos/";
    private const string Fake = "manipulated_sequences/";
    private readonly LayoutTree tree = new();

    public void Dispose() => tree.Dispose();

    [Fact]
    public void The_second_of_a_pair_is_seen_after_a_swap_and_drives_after_a_reenactment()
    {
        tree.Put(Real + "071.mp4", Real + "054.mp4", Fake + "Deepfakes/c23/videos/071_054.mp4", Fake + "Face2Face/c23/videos/071_054.mp4",
            Fake + "NeuralTextures/c40/videos/054_071.mp4", Fake + "FaceShifter/c0/videos/071_054.mp4");
        tree.Text("splits/train.json", """[["071","054"],["001","002"]]""").Text("splits/test.json", """[["953","974"]]""");
        var listing = tree.Read("ffpp");
        Assert.Equal("071 real < by  in train of ff++ 071", LayoutTree.Said(listing, Real + "071.mp4"));
        Assert.Equal($"054 Deepfakes 071<054 by {Real}071.mp4 in train of ff++ 071",
            LayoutTree.Said(listing, Fake + "Deepfakes/c23/videos/071_054.mp4"));
        Assert.Equal($"071 Face2Face 071<054 by {Real}054.mp4 in train of ff++ 071",
            LayoutTree.Said(listing, Fake + "Face2Face/c23/videos/071_054.mp4"));
        // The driver's clip is taken at another level where it is not here at this one.
        Assert.Equal($"054 NeuralTextures 054<071 by {Real}071.mp4 in train of ff++ 054",
            LayoutTree.Said(listing, Fake + "NeuralTextures/c40/videos/054_071.mp4"));
        Assert.Equal(["c23", "c23", "c23", "c23", "c40", "raw"], listing.Inputs.Select(input => input.Compression).Order());
        Assert.Equal([("054", SplitRole.Train), ("071", SplitRole.Train)],
            listing.Split!.Identities.OrderBy(one => one.Key).Select(one => (one.Key, one.Value)));
        Assert.Contains(new ExpectedCount("real c23 videos", 1000, 2), listing.Counts);
        Assert.Contains(new ExpectedCount("clips named in splits/train.json", 720, 4), listing.Counts);
        Assert.Empty(listing.Rejected);
    }

    [Fact]
    public void DeepFakeDetection_has_people_of_its_own_and_no_split()
    {
        const string Original = "original_sequences/actors/c23/videos/01__outside_talking_still_laughing.mp4";
        const string Swap = Fake + "DeepFakeDetection/c23/videos/01_02__outside_talking_still_laughing__YVGY8LOK.mp4";
        tree.Put(Real + "001.mp4", Original, Swap).Text("train.json", """[["001","002"]]""");
        var listing = tree.Read("ffpp");
        Assert.Equal("01 real < by  in none of dfd 01__outside_talking_still_laughing", LayoutTree.Said(listing, Original));
        Assert.Equal($"02 DeepFakeDetection 01<02 by {Original} in none of dfd 01__outside_talking_still_laughing",
            LayoutTree.Said(listing, Swap));
        Assert.Equal(["DeepFakeDetection", "DeepFakeDetection", "FaceForensics++"],
            listing.Inputs.Select(input => input.Collection!).Order());
        Assert.Contains(new ExpectedCount("DeepFakeDetection c23 videos", 3068, 1), listing.Counts);
        Assert.Contains(new ExpectedCount("real c23 videos of DeepFakeDetection", 363, 1), listing.Counts);
    }

    [Fact]
    public void Masks_models_frames_of_videos_and_junk_are_put_aside()
    {
        tree.Put(Real + "000.mp4", Fake + "Deepfakes/masks/videos/071_054.mp4", Real + "._000.mp4", "__MACOSX/" + Real + "000.mp4",
            Real + "odd_name.mp4", "downloaded_videos/--b1Ua-kWJE.mp4");
        tree.Text(Fake + "Deepfakes/models/071_054/decoder_A.h5", "x").Text("original_sequences/youtube/c23/images/000/0000.png", "x")
            .Text("original_sequences/youtube/c23/images/003/0002.png", "x").Text(Real + "Thumbs.db", "x");
        var listing = tree.Read("ffpp");
        Assert.Equal(["original_sequences/youtube/c23/images/003/0002.png", Real + "000.mp4"],
            listing.Inputs.Select(input => input.File).Order());
        Assert.Equal(new ClipFrame("original_sequences/youtube/c23/images/003", 2),
            listing.Inputs.Single(input => input.Frame is not null).Frame);
        Assert.Equal(
        [
            ("__MACOSX/", "hidden"),
            ("downloaded_videos/--b1Ua-kWJE.mp4", "a whole YouTube video, of which the clips were cut"),
            (Fake + "Deepfakes/masks/videos/071_054.mp4", "a mask"),
            (Fake + "Deepfakes/models/071_054/decoder_A.h5", "a model"),
            ("original_sequences/youtube/c23/images/000/0000.png", "a frame of a video that is here, too"),
            (Real + "._000.mp4", "hidden"),
            (Real + "Thumbs.db", "hidden"),
            (Real + "odd_name.mp4", "not understood by the layout ffpp"),
        ], listing.LeftOut.Select(file => (file.File, file.Reason)).OrderBy(file => file.File, StringComparer.Ordinal));
        Assert.Contains(listing.Notes, note => note.StartsWith("The official split is not known", StringComparison.Ordinal));
    }

    [Fact]
    public void A_list_with_unknown_names_and_broken_downloads_cost_a_line_each()
    {
        tree.Put(Real + "000.mp4").Text(Real + "001.mp4", "").Text(Real + "002.mp4", "version https://git-lfs.github.com/spec/v1\noid x\n");
        tree.Text("train.json", """[["000","003"],["abc","1000"]]""").Text("val.json", "[[\"000\"").Text("test.json",
            """[["000","975"]]""");
        var listing = tree.Read("ffpp");
        Assert.Equal([Real + "000.mp4"], listing.Inputs.Select(input => input.File));
        Assert.Equal(
        [
            (Real + "001.mp4", "the file is empty (0 bytes), as a broken download leaves it"),
            (Real + "002.mp4", "the file is a Git LFS pointer, not the video itself"),
            ("train.json", "it names 2 clips that FaceForensics++ does not have: abc, 1000"),
        ], listing.Rejected.Select(line => (line.File, line.Reason)).OrderBy(line => line.File, StringComparer.Ordinal));
        Assert.Contains(listing.Notes, note => note.Contains("in another part's list, too; the first list counts (1): 000",
            StringComparison.Ordinal));
        Assert.Equal("train", listing.Inputs[0].OfficialSplit);
    }

    [Fact]
    public void Clips_of_one_YouTube_video_share_a_group_by_the_dictionary_or_without_it()
    {
        tree.Put(Real + "605.mp4", Real + "606.mp4", Real + "000.mp4", Real + "008.mp4");
        var without = tree.Read("ffpp");
        Assert.Equal(["ff++ 000", "ff++ 008", "ff++ 605", "ff++ 605"], without.Inputs.Select(input => input.Group));
        tree.Text("conversion_dict.json", """{"000": "--b1Ua-kWJE 0", "008": "--b1Ua-kWJE 1", "605": "abcdefghijk 0"}""");
        Assert.Equal(["ff++ 605", "youtube --b1Ua-kWJE", "youtube --b1Ua-kWJE", "youtube abcdefghijk"],
            tree.Read("ffpp").Inputs.Select(input => input.Group).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("manipulated_sequences")]
    [InlineData("manipulated_sequences/Face2Face")]
    [InlineData("manipulated_sequences/Face2Face/c23")]
    public void A_folder_inside_of_the_set_is_read_as_well(string below)
    {
        tree.Put(Fake + "Face2Face/c23/videos/071_054.mp4");
        Assert.Equal(("071", "Face2Face", "c23"), Assert.Single(tree.Read("ffpp", below).Inputs) is var input
            ? (input.Identity, input.Origin.Generator, input.Compression) : default);
    }
}
