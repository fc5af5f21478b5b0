namespace ForensicHeads.Datasets.Tests.Layouts;

/// <summary>DF40, DeepfakeBench, DeeperForensics and UADFV.</summary>
public sealed class FramesOfFakesTests : IDisposable
{
    private readonly LayoutTree tree = new();

    public void Dispose() => tree.Dispose();

    [Fact]
    public void DF40_goes_by_many_names_and_depths()
    {
        tree.Put("DF40/simswap/ff/frames/071_054/000.png", "DF40/simswap/ff/frames/071_054/001.png",
            "DF40/simswap/cdf/frames/id0_id16_0000/000.png",
            "DF40_train/danet/ff/frames/000_003/000.png", "DF40/mraa/ff/000_003/deep/frames/000_003/010.png", "DF40/ddim/ff/000/000.png",
            "DF40/heygen/fake/frames/abc/000.png", "DF40/heygen/real/frames/abd/000.png", "DF40/unheard/ff/frames/071_054/000.png");
        var listing = tree.Read("df40");
        Assert.Equal("054 SimSwap 071<054 by 071 in test of ff++ 071", LayoutTree.Said(listing, "DF40/simswap/ff/frames/071_054/001.png"));
        Assert.Equal("id16 SimSwap id0<id16 by id0 in test of Celeb-DF-v2 id0_0000",
            LayoutTree.Said(listing, "DF40/simswap/cdf/frames/id0_id16_0000/000.png"));
        Assert.Equal("000 DaGAN 000<003 by 003 in train of ff++ 000", LayoutTree.Said(listing,
            "DF40_train/danet/ff/frames/000_003/000.png"));
        Assert.Equal("000 MRAA 000<003 by 003 in test of ff++ 000", LayoutTree.Said(listing,
            "DF40/mraa/ff/000_003/deep/frames/000_003/010.png"));
        Assert.Equal("000 DDPM < by  in test of df40 000", LayoutTree.Said(listing, "DF40/ddim/ff/000/000.png"));
        Assert.Equal("abd real < by  in test of df40 abd", LayoutTree.Said(listing, "DF40/heygen/real/frames/abd/000.png"));
        Assert.Equal([new ClipFrame("DF40/simswap/ff/frames/071_054", 0), new ClipFrame("DF40/simswap/ff/frames/071_054", 1)],
            listing.Inputs.Where(input => input.Identity == "054").Select(input => input.Frame));
        Assert.Equal("DF40/unheard/ff/frames/071_054/000.png", Assert.Single(listing.LeftOut).File);
        Assert.Contains(listing.Notes, note => note.StartsWith("No real frames", StringComparison.Ordinal));
    }

    [Fact]
    public void DeepfakeBench_names_frames_by_paths_of_another_machine()
    {
        tree.Put("datasets/rgb/FaceForensics++/original_sequences/youtube/c23/frames/071/000.png",
            "datasets/rgb/FaceForensics++/manipulated_sequences/Face2Face/c23/frames/071_054/000.png",
            "datasets/rgb/FaceForensics++/manipulated_sequences/Deepfakes/c23/frames/071_054/000.png",
            "datasets/rgb/Celeb-DF-v2/Celeb-real/frames/id0_0000/000.png");
        tree.Text("preprocessing/dataset_json/FaceForensics++.json", """
            {"FaceForensics++": {"FF-real": {"train": {"c23": {"071": {"label": "FF-real",
              "frames": ["FaceForensics++\\original_sequences\\youtube\\c23\\frames\\071\\000.png"]}}}, "val": {}, "test": {}},
             "FF-F2F": {"train": {"c23": {"071_054": {"label": "FF-F2F",
              "frames": ["/home/x/FaceForensics++/manipulated_sequences/Face2Face/c23/frames/071_054/000.png", "gone/001.png"]}}}}}}
            """);
        tree.Text("preprocessing/dataset_json/Celeb-DF-v2.json", """
            {"Celeb-DF-v2": {"CelebDFv2_real": {
              "train": {"id0_0000": {"label": "CelebDFv2_real", "frames": ["./Celeb-DF-v2/Celeb-real/frames/id0_0000/000.png"]}},
              "test": {"id0_0000": {"label": "CelebDFv2_real", "frames": ["./Celeb-DF-v2/Celeb-real/frames/id0_0000/000.png"]}}},
             "CelebDFv2_fake": {"test": {"id0_id16_0000": {"label": "x",
                 "frames": ["Celeb-DF-v2/Celeb-synthesis/frames/id0_id16_0000/000.png"]}}}}}
            """);
        var listing = tree.Read("deepfakebench");
        Assert.Equal("071 Face2Face 071<054 by 054 in train of ff++ 071", LayoutTree.Said(listing,
            "datasets/rgb/FaceForensics++/manipulated_sequences/Face2Face/c23/frames/071_054/000.png"));
        Assert.Equal("c23", listing.Inputs.Single(input => input.Identity == "071" && input.Origin.IsReal).Compression);
        // Its lists leave test videos in the training part, too.
        Assert.Equal("id0 real < by  in test of Celeb-DF-v2 id0_0000", LayoutTree.Said(listing,
            "datasets/rgb/Celeb-DF-v2/Celeb-real/frames/id0_0000/000.png"));
        Assert.Contains(listing.Notes, note => note.EndsWith("(1): Celeb-DF-v2/id0_0000.", StringComparison.Ordinal));
        Assert.Contains("FaceForensics++/071_054: 1 of 2 frames are here.", listing.Notes);
        Assert.Equal("Celeb-DF-v2/CelebDFv2_fake/id0_id16_0000", Assert.Single(listing.Rejected).File);
        Assert.EndsWith("Deepfakes/c23/frames/071_054/000.png", Assert.Single(listing.LeftOut).File, StringComparison.Ordinal);
    }

    [Fact]
    public void The_source_videos_of_DeeperForensics_are_no_real_class_of_its_fakes()
    {
        const string Source = "source_videos/M101/light_down/angry/camera_down/M101_light_down_angry_camera_down.mp4";
        tree.Put(Source, "source_videos/W102/BlendShape/camera_front/W102_BlendShape_camera_front.mp4",
            "manipulated_videos/end_to_end/000_M101.mp4", "manipulated_videos/end_to_end_level_1/000_M101.mp4",
            "manipulated_videos/reenact_postprocess/001_W102.mp4");
        tree.Text("lists/splits/train.txt", "000_M101.mp4\n").Text("lists/splits/test.txt", "001_W102.mp4\n999_M199.mp4\nbogus\n")
            .Text("lists/source_videos_lists/source_videos_missing_list.txt", "M101/gone.mp4\n");
        var listing = tree.Read("deeperforensics");
        Assert.Equal("M101 end_to_end_level_1 000<M101 by 000 in train of ff++ 000",
            LayoutTree.Said(listing, "manipulated_videos/end_to_end_level_1/000_M101.mp4"));
        Assert.Equal("W102 reenact_postprocess 001<W102 by 001 in test of ff++ 001",
            LayoutTree.Said(listing, "manipulated_videos/reenact_postprocess/001_W102.mp4"));
        Assert.Equal("DeeperForensics-1.0 source videos", listing.Inputs.Single(input => input.File == Source).Collection);
        Assert.Contains(listing.Notes, note => note.StartsWith("The source videos are not the real class", StringComparison.Ordinal));
        Assert.Equal("it names 1 videos that DeeperForensics does not have: bogus", Assert.Single(listing.Rejected).Reason);
        Assert.Equal((SplitRole.Train, SplitRole.Test), (listing.Split!.RoleOf("M101"), listing.Split.RoleOf("W102")));
        Assert.Empty(listing.LeftOut);
    }

    [Fact]
    public void A_fake_of_UADFV_is_called_as_its_original()
    {
        tree.Put("UADFV/real/0000.mp4", "UADFV/fake/0000_fake.mp4", "UADFV/fake/0001_fake.mp4", "UADFV/fake/odd.mp4");
        var listing = tree.Read("uadfv");
        Assert.Equal("0000 ? 0000< by UADFV/real/0000.mp4 in none of uadfv 0000", LayoutTree.Said(listing, "UADFV/fake/0000_fake.mp4"));
        Assert.Equal("Fakes have no original here (1): UADFV/fake/0001_fake.mp4.", Assert.Single(listing.Notes));
        Assert.Equal("UADFV/fake/odd.mp4", Assert.Single(listing.LeftOut).File);
    }
}
