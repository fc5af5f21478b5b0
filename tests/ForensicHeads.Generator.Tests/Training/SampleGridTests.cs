namespace ForensicHeads.Generator.Tests.Training;

public sealed class SampleGridTests
{
    [Fact]
    public void A_held_out_video_of_one_frame_is_left_out()
    {
        using var weights = new GeneratorWeights(TinyScene.Preset, 1);
        var drawing = new SampleGrid(Videos(1, 3, 1, 2), shots: 2).Draw(weights);
        var grid = ImageCodec.Decode(drawing.Png);
        Assert.Equal((drawing.Width, drawing.Height), (grid.Width, grid.Height));
        Assert.Equal(SampleGrid.LabelHeight + (2 * TinyScene.Size), grid.Height);

        // The first column shows the first shot of each: persons 1 and 3, by their background.
        foreach (var (row, person) in new[] { (0, 1), (1, 3) }) Assert.Equal(
            TinyScene.Picture(person, 0)[0, 0].ToArray(), grid[0, SampleGrid.LabelHeight + (row * TinyScene.Size)].ToArray());
    }

    [Fact]
    public void The_columns_are_named_shots_driver_truth_output_and_swapped()
    {
        using var weights = new GeneratorWeights(TinyScene.Preset, 1);
        var grid = ImageCodec.Decode(new SampleGrid(Videos(4, 4), shots: 2).Draw(weights).Png);
        Assert.Equal(6 * TinyScene.Size, grid.Width);
        var top = SampleGrid.LabelHeight;
        Assert.Equal(TinyScene.Picture(0, 1)[0, 0].ToArray(), grid[TinyScene.Size, top].ToArray());
        Assert.Equal([0, 0, 0], grid[2 * TinyScene.Size, top].ToArray());
        Assert.Equal(TinyScene.Picture(0, 3)[0, 0].ToArray(), grid[3 * TinyScene.Size, top].ToArray());

        // Each column has ink in its label.
        for (var column = 0; column < 6; column++) Assert.Contains(Enumerable.Range(0, top * TinyScene.Size), i =>
            grid[(column * TinyScene.Size) + (i % TinyScene.Size), i / TinyScene.Size][0] > 100);
    }

    [Fact]
    public void The_change_under_a_swapped_vector_is_that_of_the_frames_over_their_deviation()
    {
        // Values 0 and 200: deviation 100. The frames differ by 10 in one half, 30 in the other: 20 in the mean.
        var change = new SwapChange();
        change.Add(new RgbImage(2, 1, [0, 0, 0, 200, 200, 200]), new RgbImage(2, 1, [50, 50, 50, 90, 90, 90]),
            new RgbImage(2, 1, [60, 60, 40, 60, 60, 120]));
        Assert.Equal(0.2, change.Relative!.Value, 1e-12);
    }

    [Fact]
    public void One_person_alone_has_nobody_to_be_swapped_with()
    {
        using var weights = new GeneratorWeights(TinyScene.Preset, 1);
        Assert.Null(new SampleGrid(Videos(4), shots: 2).Draw(weights).SwapChange);
        Assert.True(new SampleGrid(Videos(4, 4), shots: 2).Draw(weights).SwapChange > 0);
    }

    [Fact]
    public void Several_videos_of_a_person_give_one_row_and_another_persons_vector_is_swapped_in()
    {
        using var weights = new GeneratorWeights(TinyScene.Preset, 1);
        var two = new SampleGrid(Videos([4, 4, 4, 4], ["ann", "ann", "bob", "bob"]), shots: 2).Draw(weights);
        Assert.Equal((6 * TinyScene.Size, SampleGrid.LabelHeight + (2 * TinyScene.Size)), (two.Width, two.Height));
        Assert.True(two.SwapChange > 0);

        // Ann twice is nobody else: no column of a swap.
        var alone = new SampleGrid(Videos([4, 4], ["ann", "ann"]), shots: 2).Draw(weights);
        Assert.Equal((5 * TinyScene.Size, SampleGrid.LabelHeight + TinyScene.Size), (alone.Width, alone.Height));
        Assert.Null(alone.SwapChange);
    }

    [Fact]
    public void Nothing_but_single_frames_is_refused_before_the_training() =>
        Assert.Contains("Hold out longer videos", Assert.Throws<UserErrorException>(() => new SampleGrid(Videos(1, 1), shots: 2)).Message,
            StringComparison.Ordinal);

    [Fact]
    public void Only_people_who_may_be_shown_are_shown()
    {
        using var weights = new GeneratorWeights(TinyScene.Preset, 1);
        var data = Videos(4, 4, 4);
        Assert.Equal(new SampleGrid(Videos(4, 4, 4), shots: 2).Draw(weights).Height - TinyScene.Size,
            new SampleGrid(data, shots: 2, mayShow: person => person != data.Person(1)).Draw(weights).Height);
        Assert.Throws<UserErrorException>(() => new SampleGrid(data, shots: 2, mayShow: _ => false));
    }

    private static FaceVideos Videos(params int[] frames) => Videos(frames, null);

    private static FaceVideos Videos(int[] frames, string[]? people) => new(
        TinyScene.Size,
        [.. frames.Select(
            (count, person) => Enumerable.Range(0, count).Select(frame => TinyScene.Picture(person, frame).Pixels).ToArray())],
        [.. frames.Select(count => Enumerable.Range(0, count).Select(TinyScene.Face).ToArray())],
        "held-out",
        people);
}
