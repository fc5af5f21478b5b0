using ForensicHeads.Datasets.Layouts.Speakers;

namespace ForensicHeads.Datasets.Tests.Layouts;

/// <summary>VoxCeleb, GRID, CREMA-D and RAVDESS.</summary>
public sealed class SpeakerLayoutTests : IDisposable
{
    private const string Track = "Identity  : \tid00017\nReference : \t_mjZ87sK6cA\nOffset    : \t0\nFV Conf   : \t20.3\t(1)\n"
        + "ASD Conf  : \t4\n\nFRAME \tX \tY \tW \tH \n008809 \tLEFT \t0.1 \t0.2 \t0.3 \n008810 \tLEFT \t0.1 \t0.2 \t0.3 \n";

    private readonly LayoutTree tree = new();

    public void Dispose() => tree.Dispose();

    [Fact]
    public void VoxCeleb2_has_videos_sounds_and_tracks_and_its_list_tells_the_part()
    {
        tree.Put("dev/mp4/id00017/_mjZ87sK6cA/00001.mp4", "mp4/id00061/-abcdefghij/00002.mp4", "mp4/id00061/-abcdefghij/._00002.mp4",
            "mp4/id09999/abcdefghijk/00003.mp4").Text("dev/aac/id00017/_mjZ87sK6cA/00001.m4a", "x")
            .Text("txt/id00017/_mjZ87sK6cA/00001.txt", Track.Replace("LEFT", "0.4", StringComparison.Ordinal))
            .Text("txt/id00017/_mjZ87sK6cA/00009.txt", Track.Replace("LEFT", "0.4", StringComparison.Ordinal))
            .Text("txt/id00061/-abcdefghij/00002.txt", "nothing\n")
            .Text("vox2_meta.csv", "VoxCeleb2 ID ,VGGFace2 ID ,Gender ,Set \nid00061 ,n0001 ,m ,test \n");
        var listing = tree.Read("voxceleb2");
        Assert.Equal("id00017 real < by  in dev of youtube _mjZ87sK6cA", LayoutTree.Said(listing, "dev/mp4/id00017/_mjZ87sK6cA/00001.mp4"));
        Assert.Equal("id00061 real < by  in test of youtube -abcdefghij", LayoutTree.Said(listing, "mp4/id00061/-abcdefghij/00002.mp4"));
        Assert.Equal((SplitRole.Train, SplitRole.Test), (listing.Split!.RoleOf("id00017"), listing.Split.RoleOf("id00061")));
        Assert.Contains("2 tracks give boxes as fractions of the picture.", listing.Notes);
        Assert.Contains(listing.Notes, note => note.StartsWith("1 tracks (.txt) have no video here", StringComparison.Ordinal));
        Assert.Contains(listing.Notes, note => note.EndsWith("the part (1): mp4/id09999/abcdefghijk/00003.mp4.", StringComparison.Ordinal));
        Assert.Equal("txt/id00061/-abcdefghij/00002.txt", Assert.Single(listing.Rejected).File);
        Assert.Contains(new LeftOutFile("dev/aac/id00017/_mjZ87sK6cA/00001.m4a", "a sound without pictures"), listing.LeftOut);
        Assert.Contains(new ExpectedCount("dev speakers", 5994, 1), listing.Counts);
    }

    [Fact]
    public void VoxCeleb1_is_told_by_its_numbers_and_gives_pixels()
    {
        tree.Put("test/mp4/id10270/5r0dWxy17C8/00001.mp4").Text("test/txt/id10270/5r0dWxy17C8/00001.txt",
            Track.Replace("LEFT", "240", StringComparison.Ordinal).Replace("id00017", "A.J._Buckley", StringComparison.Ordinal));
        var listing = tree.Read("voxceleb1");
        Assert.Equal("id10270 real < by  in test of youtube 5r0dWxy17C8",
            LayoutTree.Said(listing, "test/mp4/id10270/5r0dWxy17C8/00001.mp4"));
        Assert.Contains("1 tracks give boxes as pixels of a picture 360 high.", listing.Notes);
        // A root inside of the set still says the part.
        Assert.Equal("test", Assert.Single(tree.Read("voxceleb1", "test").Inputs).OfficialSplit);
        Assert.Equal("test", Assert.Single(tree.Read("voxceleb1", "test/mp4").Inputs).OfficialSplit);
    }

    [Fact]
    public void Both_in_one_folder_are_named_and_each_layout_refuses_the_other()
    {
        tree.Put("dev/mp4/id10001/1zcIwhmdeo4/00001.mp4", "dev/mp4/id00017/_mjZ87sK6cA/00001.mp4");
        var error = Assert.Throws<UserErrorException>(() => DatasetLayouts.Read(tree.Root, DatasetLayouts.Auto));
        Assert.Equal($"{tree.Root} fits 2 layouts: voxceleb1, by dev/mp4/id10001/1zcIwhmdeo4/00001.mp4; voxceleb2, by "
            + "dev/mp4/id00017/_mjZ87sK6cA/00001.mp4. Name the folder of one data set, or the layout with --layout.", error.Message);
        var listing = DatasetLayouts.Read(tree.Root, "voxceleb2");
        Assert.Equal("id00017", Assert.Single(listing.Inputs).Identity);
        Assert.Equal("id10001 is a speaker of VoxCeleb1, not of VoxCeleb2", Assert.Single(listing.Rejected).Reason);
    }

    [Fact]
    public void A_track_says_by_its_values_what_its_boxes_are()
    {
        var track = VoxCelebTrack.Parse(Track.Replace("LEFT", "0.4", StringComparison.Ordinal).Split('\n'))!;
        Assert.Equal(("id00017", "_mjZ87sK6cA", true), (track.Identity, track.Reference, track.IsFraction));
        Assert.Equal([(8809, 0.4, 0.1, 0.2, 0.3), (8810, 0.4, 0.1, 0.2, 0.3)], track.Boxes);
        Assert.False(VoxCelebTrack.Parse(["FRAME X Y W H", "1 240 64 90 90"])!.IsFraction);
        Assert.Null(VoxCelebTrack.Parse(["FRAME X Y W H"]));
    }

    [Fact]
    public void GRID_repeats_its_sentences_between_talkers_and_moves_its_alignments()
    {
        tree.Put("s1/bbaf2n.mpg", "s2/bbaf2n.mpg", "s10/video/mpg_6000/brbk7n.mpg", "s3/bbbf3s/01.jpg", "s3/bbbf3s/02.jpg", "s1/notes.mpg",
            "__MACOSX/s1/bbaf2n.mpg").Text("align/s10/brbk7n.align", "0 23750 sil\n").Text("align/s1/bbaf2n.align", "0 23750 sil\n");
        var listing = tree.Read("grid");
        Assert.Equal("s1 real < by  in none of grid s1/bbaf2n", LayoutTree.Said(listing, "s1/bbaf2n.mpg"));
        Assert.Equal("s10", listing.Inputs.Single(input => input.File == "s10/video/mpg_6000/brbk7n.mpg").Identity);
        Assert.Equal([1, 2], listing.Inputs.Where(input => input.Identity == "s3").Select(input => input.Frame!.Number));
        Assert.Contains(listing.Notes, note => note.EndsWith("(1): s10 holds s13.", StringComparison.Ordinal));
        Assert.Equal(("s6", "s13", "s1"), (GridLayout.AlignmentTalker("s5"), GridLayout.AlignmentTalker("s10"),
            GridLayout.AlignmentTalker("s1")));
        Assert.Contains(new LeftOutFile("s1/notes.mpg", "not understood by the layout grid"), listing.LeftOut);
    }

    [Fact]
    public void CREMA_D_leaves_out_what_its_makers_flagged_and_pointers()
    {
        tree.Put("VideoFlash/1001_DFA_ANG_XX.flv", "VideoFlash/1076_MTI_NEU_XX.flv", "VideoFlash/1064_IEO_DIS_MD.flv")
            .Text("VideoFlash/1002_DFA_ANG_XX.flv", "version https://git-lfs.github.com/spec/v1\n").Text("AudioWAV/1001_DFA_ANG_XX.wav",
                "x");
        var listing = tree.Read("crema-d");
        Assert.Equal("1001 real < by  in none of crema-d 1001_DFA_ANG_XX", LayoutTree.Said(listing, "VideoFlash/1001_DFA_ANG_XX.flv"));
        Assert.Single(listing.Inputs);
        Assert.Equal("the file is a Git LFS pointer, not the video itself", Assert.Single(listing.Rejected).Reason);
        Assert.Equal(2, listing.LeftOut.Count(file => file.Reason.StartsWith("flagged as bad", StringComparison.Ordinal)));
    }

    [Fact]
    public void RAVDESS_has_each_take_twice_and_says_the_actor_last()
    {
        tree.Put("Video_Speech_Actor_12/Actor_12/01-01-06-01-02-01-12.mp4", "Video_Speech_Actor_12/Actor_12/02-01-06-01-02-01-12.mp4",
            "Video_Speech_Actor_11/Actor_11/02-01-05-01-02-01-12.mp4").Text("Audio/Actor_12/03-01-06-01-02-01-12.wav", "x");
        var listing = tree.Read("ravdess");
        Assert.Equal("12 real < by  in none of ravdess 01-06-01-02-01-12",
            LayoutTree.Said(listing, "Video_Speech_Actor_12/Actor_12/01-01-06-01-02-01-12.mp4"));
        Assert.Equal(2, listing.Inputs.Count);
        Assert.Contains(new LeftOutFile("Video_Speech_Actor_12/Actor_12/02-01-06-01-02-01-12.mp4", "the same take as a file that is read"),
            listing.LeftOut);
        Assert.Equal("Files lie in another actor's folder; their names count (1): Video_Speech_Actor_11/Actor_11/02-01-05-01-02-01-12.mp4.",
            Assert.Single(listing.Notes));
    }
}
