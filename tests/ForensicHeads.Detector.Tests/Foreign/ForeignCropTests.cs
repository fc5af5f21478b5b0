namespace ForensicHeads.Detector.Tests.Foreign;

public class ForeignCropTests
{
    private static readonly DetectorInput Input = TinyNetwork.Describe([], 64, 64).Input!;

    [Theory]
    [InlineData(64, 64, ResizeFilter.Area)]
    [InlineData(64, 64, ResizeFilter.Bilinear)]
    [InlineData(96, 48, ResizeFilter.Area)]
    public void A_face_is_the_square_about_the_box_of_its_landmarks(int width, int height, ResizeFilter resize)
    {
        // The box is 80 wide and 60 high about (100, 120); a margin of 1.5 makes a square of 120.
        var crop = ForeignCrop.Of(Sample(Positions(), i => Box(i)), new DetectorCrop { Of = CropOf.Face, Margin = 1.5 },
            Input with { Size = [width, height], Resize = resize })!;
        Assert.Equal((width, height), (crop.Width, crop.Height));
        for (var row = 1; row < height; row += 9)
        {
            for (var column = 1; column < width; column += 9)
            {
                // Red rises with x and green with y: half a level of rounding.
                Assert.Equal(100 + (120 * (((column + 0.5) / width) - 0.5)), crop[column, row][0], 0.51);
                Assert.Equal(120 + (120 * (((row + 0.5) / height) - 0.5)), crop[column, row][1], 0.51);
            }
        }
    }

    [Theory]
    [InlineData(0, 90)]
    [InlineData(20, 90)]
    [InlineData(-35, 60)]
    public void Five_points_are_brought_to_their_template(double degrees, double side)
    {
        double[][] template = [[0.3, 0.4], [0.7, 0.38], [0.5, 0.6], [0.35, 0.8], [0.65, 0.82]];
        var (sin, cos) = (side * Math.Sin(degrees * Math.PI / 180), side * Math.Cos(degrees * Math.PI / 180));
        (double X, double Y) Place(double u, double v) =>
            (110 + (cos * (u - 0.5)) - (sin * (v - 0.5)), 105 + (sin * (u - 0.5)) + (cos * (v - 0.5)));
        var sample = Sample(Positions(), i => i switch
        {
            >= 36 and <= 41 => Place(0.3, 0.4),
            >= 42 and <= 47 => Place(0.7, 0.38),
            30 => Place(0.5, 0.6),
            48 => Place(0.35, 0.8),
            54 => Place(0.65, 0.82),
            _ => (0, 0),
        });
        var crop = ForeignCrop.Of(sample, new DetectorCrop { Of = CropOf.Face, Align = CropAlign.FivePoints, Template = template }, Input)!;
        for (var row = 0; row < 64; row += 9)
        {
            for (var column = 0; column < 64; column += 9)
            {
                var (x, y) = Place((column + 0.5) / 64, (row + 0.5) / 64);
                Assert.Equal(x, crop[column, row][0], 0.55);
                Assert.Equal(y, crop[column, row][1], 0.55);
            }
        }
    }

    [Fact]
    public void Area_means_what_it_covers_and_bilinear_reads_the_middle()
    {
        // Columns in turn black and white, three to a pixel of the result: their mean is a third or two thirds.
        var picture = new RgbImage(192, 192);
        for (var i = 0; i < picture.Pixels.Length; i++) picture.Pixels[i] = (byte)(i / 3 % 192 % 2 * 255);
        var store = new ForeignSample("k", picture, new Landmarks68(new float[136]));
        var crop = new DetectorCrop { Of = CropOf.Store };
        var area = ForeignCrop.Of(store, crop, Input)!;
        var bilinear = ForeignCrop.Of(store, crop, Input with { Resize = ResizeFilter.Bilinear })!;
        Assert.Equal([85, 170, 85], new[] { 0, 1, 2 }.Select(x => (int)area[x, 7][0]));
        Assert.Equal([255, 0, 255], new[] { 0, 1, 2 }.Select(x => (int)bilinear[x, 7][0]));
        Assert.Same(picture, ForeignCrop.Of(store, crop, Input with { Size = [192, 192] }));
    }

    [Fact]
    public void A_whole_frame_and_a_store_s_crop_are_never_taken_for_each_other()
    {
        var crop = TinyNetwork.Frame(1, 64, 64);
        var whole = crop with { IsWhole = true };
        string Refusal(ForeignSample sample, CropOf of) =>
            Assert.Throws<UserErrorException>(() => ForeignCrop.Of(sample, new DetectorCrop { Of = of }, Input)).Message;
        Assert.Contains("frame-1 is a store's crop", Refusal(crop, CropOf.Frame), StringComparison.Ordinal);
        Assert.Contains("frame-1 is a whole frame", Refusal(whole, CropOf.Store), StringComparison.Ordinal);
        Assert.Same(whole.Picture, ForeignCrop.Of(whole, new DetectorCrop { Of = CropOf.Frame }, Input));
        Assert.Same(crop.Picture, ForeignCrop.Of(crop, new DetectorCrop { Of = CropOf.Store }, Input));
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(3)]
    public void Landmarks_that_span_no_face_give_no_crop_and_no_score(float value)
    {
        var sample = TinyNetwork.Frame(1, 4, 3) with { Landmarks = new Landmarks68([.. Enumerable.Repeat(value, 136)]) };
        double[][] template = [[0.3, 0.4], [0.7, 0.4], [0.5, 0.6], [0.35, 0.8], [0.65, 0.8]];
        DetectorCrop[] crops = [new() { Of = CropOf.Face, Margin = 2 }, new() { Of = CropOf.Face, Margin = 2, Align = CropAlign.Upright },
            new() { Of = CropOf.Face, Align = CropAlign.FivePoints, Template = template }];
        Assert.All(crops, crop => Assert.Null(ForeignCrop.Of(sample, crop, Input)));
        var model = TinyNetwork.Write([3, 3, 4], TinyNetwork.Weights(1, 36));
        var face = TinyNetwork.Frame(2, 4, 3) with { Landmarks = Sample(Positions(), i => (i % 3, i % 2)).Landmarks };
        var said = TinyNetwork.Score(TinyNetwork.Describe(model, 4, 3) with { Crop = crops[0] }, model, sample, face);
        Assert.Null(said[0]);
        Assert.NotNull(said[1]);
    }

    [Fact]
    public void Landmarks_of_any_size_cost_no_more_than_a_bounded_time()
    {
        var sample = Sample(Positions(), i => (i * 1e30, -i * 1e30));
        Assert.NotNull(ForeignCrop.Of(sample, new DetectorCrop { Of = CropOf.Face, Margin = 2 }, Input with { Size = [8, 8] }));
    }

    private static (double X, double Y) Box(int i) => i switch { 0 => (60, 90), 1 => (140, 150), _ => (100, 120) };

    private static RgbImage Positions()
    {
        var image = new RgbImage(250, 250);
        for (var y = 0; y < 250; y++)
        {
            for (var x = 0; x < 250; x++) (image[x, y][0], image[x, y][1]) = ((byte)x, (byte)y);
        }

        return image;
    }

    private static ForeignSample Sample(RgbImage picture, Func<int, (double X, double Y)> place)
    {
        var values = new float[136];
        for (var i = 0; i < 68; i++)
        {
            var (x, y) = place(i);
            (values[2 * i], values[(2 * i) + 1]) = ((float)x, (float)y);
        }

        return new ForeignSample("k", picture, new Landmarks68(values));
    }
}
