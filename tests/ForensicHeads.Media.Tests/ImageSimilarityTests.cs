namespace ForensicHeads.Media.Tests;

public class ImageSimilarityTests
{
    private static (RgbImage First, RgbImage Second) Pictures()
    {
        const int height = 23, width = 31;
        var lcg = new Lcg(7);
        var (first, second) = (new RgbImage(width, height), new RgbImage(width, height));
        for (var i = 0; i < height; i++)
            for (var j = 0; j < width; j++)
                for (var c = 0; c < 3; c++) first[j, i][c] = (byte)(((5 * i) + (3 * j) + (40 * c) + (lcg.Next() % 64)) % 256);
        for (var k = 0; k < first.Pixels.Length; k++) second.Pixels[k] = (byte)Math.Clamp(first.Pixels[k] + (lcg.Next() % 41) - 20, 0, 255);
        return (first, second);
    }

    [Fact]
    public void Ssim_and_psnr_equal_scikit_image()
    {
        var (first, second) = Pictures();
        Assert.Equal(0.881548762926, ImageSimilarity.Ssim(first, second), 1e-6);
        Assert.Equal(26.730115212, ImageSimilarity.Psnr(first, second), 1e-6);
    }

    [Fact]
    public void A_picture_equals_itself_and_other_sizes_are_refused()
    {
        var (first, _) = Pictures();
        Assert.Equal(1, ImageSimilarity.Ssim(first, first), 1e-12);
        Assert.Equal(double.PositiveInfinity, ImageSimilarity.Psnr(first, first));
        Assert.Throws<ArgumentException>(() => ImageSimilarity.Psnr(first, new RgbImage(23, 31)));
        Assert.Throws<ArgumentException>(() => ImageSimilarity.Ssim(new RgbImage(10, 20), new RgbImage(10, 20)));
    }
}
