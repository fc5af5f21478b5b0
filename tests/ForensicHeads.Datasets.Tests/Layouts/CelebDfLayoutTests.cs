namespace ForensicHeads.Datasets.Tests.Layouts;

public sealed class CelebDfLayoutTests : IDisposable
{
    private const string List = "List_of_testing_videos.txt";
    private readonly LayoutTree tree = new();

    public void Dispose() => tree.Dispose();

    [Fact]
    public void Folders_give_the_labels_and_the_digit_of_the_list_is_only_compared()
    {
        V2("Celeb-DF-v2/");
        tree.Text("Celeb-DF-v2/" + List, "1 YouTube-real/00170.mp4\n0 Celeb-synthesis/id1_id0_0007.mp4\n0 Celeb-real/id1_0007.mp4\n"
            + "1 Celeb-real/id9_0001.mp4\nnonsense\n");
        var listing = tree.Read("celebdf");
        const string At = "Celeb-DF-v2/";
        Assert.Equal("id1 real < by  in test of Celeb-DF-v2 id1_0007", LayoutTree.Said(listing, At + "Celeb-real/id1_0007.mp4"));
        Assert.Equal("00170 real < by  in test of Celeb-DF-v2 00170", LayoutTree.Said(listing, At + "YouTube-real/00170.mp4"));
        Assert.Equal($"id0 Celeb-DF id1<id0 by {At}Celeb-real/id1_0007.mp4 in test of Celeb-DF-v2 id1_0007",
            LayoutTree.Said(listing, At + "Celeb-synthesis/id1_id0_0007.mp4"));
        Assert.Equal("id16 Celeb-DF id0<id16 by id0 in train of Celeb-DF-v2 id0_0003",
            LayoutTree.Said(listing, At + "Celeb-synthesis/id0_id16_0003.mp4"));
        Assert.Contains(listing.Notes, note => note.EndsWith("the folders count (1): Celeb-real/id1_0007.mp4.", StringComparison.Ordinal));
        Assert.Contains(listing.Notes, note => note.StartsWith("Fakes of Celeb-DF-v2 are of videos that are not here (1)",
            StringComparison.Ordinal));
        Assert.Equal([(At + "Celeb-real/id9_0001.mp4", "List_of_testing_videos.txt names it, but there is no such file"),
            (At + List, "the line 'nonsense' is not understood")],
            listing.Rejected.Select(line => (line.File, line.Reason)).OrderBy(line => line.File, StringComparer.Ordinal));
        Assert.Contains(new ExpectedCount("Celeb-DF-v2 Celeb-synthesis videos", 5639, 2), listing.Counts);
        // id0 is seen in a test fake and in training videos, so the person has no role and each file the one of its part.
        Assert.Equal(["00170", "id1", "id16"], listing.Split!.Identities.Keys.Order());
        Assert.Equal([("test", SplitRole.Test), ("train", SplitRole.Train)],
            listing.Split.Official!.Parts.Select(part => (part.Key, part.Value)));
    }

    [Fact]
    public void A_list_that_is_turned_round_throughout_is_named_as_such()
    {
        V2("");
        tree.Text(List, "0 YouTube-real/00170.mp4\n1 Celeb-synthesis/id1_id0_0007.mp4\n");
        var listing = tree.Read("celebdf");
        Assert.Contains(listing.Notes, note => note.Contains("all 2 digits say the opposite", StringComparison.Ordinal));
        Assert.Equal((3, 2), (listing.Inputs.Count(input => input.Origin.IsReal), listing.Inputs.Count(input => !input.Origin.IsReal)));
    }

    [Fact]
    public void Methods_of_the_third_version_have_their_own_folders_and_roles()
    {
        tree.Put("Celeb-real/id3_0001.mp4", "Celeb-real/id28_0001.mp4", "Celeb-synthesis/FaceSwap/SimSwap/id3_id28_0001.mp4",
            "Celeb-synthesis/FaceReenact/DaGAN/id3_id28_0001.mp4",
            "Celeb-synthesis/TalkingFace/SadTalker/id29_0002_test_id08701_aaa.mp4", "Youtube-real/00001.mp4");
        tree.Text(List, "0 Celeb-synthesis/FaceReenact/DaGAN/id3_id28_0001.mp4\n1 YouTube-real/00001.mp4\n");
        var listing = tree.Read("celebdf");
        Assert.Equal("id28 SimSwap id3<id28 by Celeb-real/id3_0001.mp4 in train of Celeb-DF++ id3_0001",
            LayoutTree.Said(listing, "Celeb-synthesis/FaceSwap/SimSwap/id3_id28_0001.mp4"));
        Assert.Equal("id3 DaGAN id3<id28 by id28 in test of Celeb-DF++ id3_0001",
            LayoutTree.Said(listing, "Celeb-synthesis/FaceReenact/DaGAN/id3_id28_0001.mp4"));
        Assert.Equal("id29 SadTalker id29<id08701 by id08701 in train of Celeb-DF++ id29_0002",
            LayoutTree.Said(listing, "Celeb-synthesis/TalkingFace/SadTalker/id29_0002_test_id08701_aaa.mp4"));
        Assert.Equal("test", Assert.Single(listing.Inputs, input => input.Identity == "00001").OfficialSplit);
        Assert.Empty(listing.Rejected);
    }

    [Fact]
    public void Two_versions_side_by_side_are_kept_apart_and_named()
    {
        V2("Celeb-DF-v1/");
        V2("Celeb-DF-v2/");
        tree.Text("Celeb-DF-v2/" + List, "1 YouTube-real/00170.mp4\n");
        var listing = tree.Read("celebdf");
        Assert.Equal([("Celeb-DF-v1", 5), ("Celeb-DF-v2", 5)], listing.Inputs.CountBy(input => input.Collection!).Select(one =>
            (one.Key, one.Value)));
        Assert.Contains(listing.Notes, note => note.StartsWith("Several versions lie here: Celeb-DF-v1 and Celeb-DF-v2",
            StringComparison.Ordinal));
        Assert.Equal(5, listing.Inputs.Select(input => new VideoNames(listing)[input.File]).Count(name => name.StartsWith("Celeb-DF-v1",
            StringComparison.Ordinal)));
        // The list of one copy says nothing of the other.
        Assert.All(listing.Inputs.Where(input => input.Collection == "Celeb-DF-v1"), input => Assert.Null(input.OfficialSplit));
    }

    private void V2(string at) => tree.Put(at + "Celeb-real/id0_0000.mp4", at + "Celeb-real/id1_0007.mp4", at + "YouTube-real/00170.mp4",
        at + "Celeb-synthesis/id0_id16_0003.mp4", at + "Celeb-synthesis/id1_id0_0007.mp4");
}
